namespace MLSegmentation;

/// <summary>
/// Folders of files that are made of others and that paths lead to, so that they stay as long as the process. They are deleted
/// when it ends; those of a process that was killed, when the next one needs such a folder.
/// </summary>
internal static class TemporaryFolder
{
    private const string Prefix = "mlseg-", Lock = ".in-use";
    private static readonly Lazy<Folder> _folder = new(Make);

    /// <summary>Makes an empty folder that no one else has.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Create() =>
        Directory.CreateDirectory(Path.Combine(_folder.Value.Path, Path.GetRandomFileName())).FullName;

    /// <summary>Whether a file is in one of these folders of this process.</summary>
    public static bool Has(string path) =>
        _folder.IsValueCreated
        && path.StartsWith(_folder.Value.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Deletes what processes that were killed have left.</summary>
    /// <param name="root">The folder of temporary folders.</param>
    public static void DeleteLeft(string root)
    {
        foreach (string folder in Directory.EnumerateDirectories(root, $"{Prefix}*"))
        {
            if (IsLeft(folder)) Delete(folder);
        }
    }

    private static Folder Make()
    {
        DeleteLeft(Path.GetTempPath());
        string path = Directory.CreateTempSubdirectory(Prefix).FullName;
        // As long as the file is open, other processes leave the folder alone.
        var folder = new Folder(
            path, new FileStream(Path.Combine(path, Lock), FileMode.CreateNew, FileAccess.Write, FileShare.None));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            folder.Lock.Dispose();
            Delete(path);
        };
        return folder;
    }

    /// <summary>Whether a folder was made here and no process has its file open.</summary>
    private static bool IsLeft(string folder)
    {
        string file = Path.Combine(folder, Lock);
        if (!File.Exists(file)) return false;
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What another program has open stays until the next time.
        }
    }

    private sealed record Folder(string Path, FileStream Lock);
}
