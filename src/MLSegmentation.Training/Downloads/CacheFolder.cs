namespace MLSegmentation.Training;

/// <summary>The folder for files that are large and can be made or fetched again.</summary>
internal static class CacheFolder
{
    /// <summary>The environment variable that names the folder: <c>MLSEG_HOME</c>.</summary>
    public const string Variable = "MLSEG_HOME";

    private const string Own = "mlseg";

    /// <summary>
    /// <c>MLSEG_HOME</c> where it is set, else <c>mlseg</c> in the platform's cache folder: <c>LocalApplicationData</c> on
    /// Windows, <c>~/Library/Caches</c> on macOS, elsewhere <c>XDG_CACHE_HOME</c> or <c>~/.cache</c> (XDG Base Directory
    /// Specification 0.8). The folder need not exist.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither <c>MLSEG_HOME</c> nor a home folder is set.</exception>
    public static string FullPath => Resolve(
        Environment.GetEnvironmentVariable, Environment.GetFolderPath, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS());

    internal static string Resolve(
        Func<string, string?> variable, Func<Environment.SpecialFolder, string> folder, bool isWindows, bool isMacOS)
    {
        if (variable(Variable) is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        if (isWindows) return Below(folder(Environment.SpecialFolder.LocalApplicationData));
        if (isMacOS) return Below(folder(Environment.SpecialFolder.UserProfile), "Library", "Caches");

        // The specification says to ignore a relative path.
        string? cache = variable("XDG_CACHE_HOME");
        if (cache is not null && Path.IsPathFullyQualified(cache)) return Below(cache);
        return Below(folder(Environment.SpecialFolder.UserProfile), ".cache");
    }

    private static string Below(string root, params string[] path) => root.Length > 0
        ? Path.Combine([root, .. path, Own])
        : throw new InvalidOperationException($"There is no home folder to keep files in. Set {Variable} to a folder.");
}
