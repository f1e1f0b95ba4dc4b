namespace MLSegmentation.Images;

/// <summary>Writes files so that nobody ever finds a half-written one.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes <paramref name="path"/> + <c>.partial</c> in the same folder and renames it when it is complete, replacing what
    /// was there. Where <paramref name="write"/> throws, the partial file is deleted and what was there stays.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written, or another writer is at it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string partial = path + ".partial";

        // Opened outside the try: where that fails, the partial file is another writer's and not ours to delete.
        var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None);
        try
        {
            using (stream) write(stream);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
