namespace MLSegmentation;

/// <summary>Writes files so that nobody ever finds a half-written one.</summary>
internal static class AtomicFile
{
    /// <summary>Makes the file's folder and tries whether it can be written to: before the work, not after it.</summary>
    /// <exception cref="IOException">The path is a folder, or cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void Prepare(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder, expected a file to write. Give the name of a file in it.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string probe = Path.Combine(folder, $".mlseg-{Environment.ProcessId}");
        File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
    }

    /// <summary>
    /// Writes a <see cref="PartialFile"/> and completes it. Where <paramref name="write"/> throws, it is deleted and what was
    /// there stays.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="isDurable">
    /// Whether the content is on the disk before the file is renamed: then not even a power cut loses both.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written, or another writer is at it.</exception>
    public static void Write(string path, Action<Stream> write, bool isDurable = false)
    {
        using var file = new PartialFile(path);
        write(file.Stream);
        file.Complete(isDurable);
    }
}
