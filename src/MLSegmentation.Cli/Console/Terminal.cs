namespace MLSegmentation.Cli;

/// <summary>
/// Standard output and standard error. Names of files and classes come from strangers: what a terminal would obey is shown and
/// not sent (<see cref="PrintableWriter"/>), whoever prints it.
/// </summary>
internal static class Terminal
{
    /// <summary>Standard output as it is, for a bar that moves the cursor.</summary>
    public static TextWriter Output { get; } = Console.Out;

    /// <summary>Standard error as it is, for a bar that moves the cursor.</summary>
    public static TextWriter Error { get; } = Console.Error;

    /// <summary>Lets everything else go through <see cref="PrintableWriter"/>.</summary>
    public static void Protect()
    {
        Console.SetOut(new PrintableWriter(Output));
        Console.SetError(new PrintableWriter(Error));
    }
}
