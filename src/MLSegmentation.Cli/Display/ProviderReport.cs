namespace MLSegmentation.Cli;

/// <summary>Says what a model runs on.</summary>
internal static class ProviderReport
{
    /// <summary>A line on standard error, where the command line said what it is to run on.</summary>
    /// <param name="asked">The model's options.</param>
    /// <param name="used">What it runs on.</param>
    public static void Print(ImageModelOptions asked, ExecutionProvider used)
    {
        if (asked.ExecutionProvider is null) return;
        Console.Error.WriteLine($"mlseg: The model runs on {DeviceChoice.NameOf(used)}.");
    }
}
