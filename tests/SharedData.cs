namespace MLSegmentation.Tests;

/// <summary>
/// Finds reference values and real images beside the repository; tests that need them are inconclusive without.
/// </summary>
internal static class SharedData
{
    /// <summary>The repository's root: the folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The full path of a file or folder under <c>../shared</c>.</summary>
    public static string Require(params string[] path)
    {
        string full = Path.Combine([Path.GetDirectoryName(Repository)!, "shared", .. path]);
        if (!Path.Exists(full))
            Assert.Inconclusive($"'{string.Join('/', path)}' is not in a folder 'shared' beside the repository.");
        return full;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No MLSegmentation.sln above {AppContext.BaseDirectory}.");
    }
}
