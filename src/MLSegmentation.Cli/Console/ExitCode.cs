namespace MLSegmentation.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>It failed; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>All done, every file written, but not what was to be printed on standard output.</summary>
    public const int OutputLost = 3;

    /// <summary>Stopped by Ctrl-C, SIGTERM or SIGHUP, as shells report it: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
