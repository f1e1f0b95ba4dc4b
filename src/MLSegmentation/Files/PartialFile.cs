namespace MLSegmentation;

/// <summary>
/// A file written beside its place, as its path + <c>.partial</c> in the same folder, and renamed when it is complete, replacing
/// what was there. Disposed of before, the partial file is deleted and what was there stays.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private bool _isComplete;

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written, or another writer is at it.</exception>
    public PartialFile(string path)
    {
        _path = path;
        _partial = path + ".partial";

        // Where this fails, the partial file is another writer's and not ours to delete.
        Stream = new FileStream(_partial, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    /// <summary>Where the content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <param name="isDurable">
    /// Whether the content is on the disk before the file is renamed: then not even a power cut loses both.
    /// </param>
    public void Complete(bool isDurable = false)
    {
        Stream.Flush(flushToDisk: isDurable);
        Stream.Dispose();
        File.Move(_partial, _path, overwrite: true);
        _isComplete = true;
    }

    /// <summary>Deletes the partial file where it was not completed.</summary>
    public void Dispose()
    {
        if (_isComplete) return;
        _isComplete = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk takes what is still in the buffer no better than what came before; the file goes either way.
        }
        File.Delete(_partial);
    }
}
