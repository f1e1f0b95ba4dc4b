using System.Text;

namespace MLSegmentation;

/// <summary>
/// The files that one run writes into a folder, beside what others may have there. Disposed of before they are complete, they are
/// deleted, so that nothing is in the way of the next run.
/// </summary>
internal sealed class NewFiles : IDisposable
{
    private readonly List<string> _files = [], _folders = [];

    /// <summary>Takes a path for a file that is written next, and makes its folder.</summary>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">The file is there already, or the folder cannot be made.</exception>
    public string Claim(string path)
    {
        NewFile.Require(path);
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)));
        _files.Add(path);
        return path;
    }

    /// <summary>Writes a file of text.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public void WriteText(string path, string text) =>
        AtomicFile.Write(Claim(path), stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Leaves the files where they are.</summary>
    public void Complete()
    {
        _files.Clear();
        _folders.Clear();
    }

    public void Dispose()
    {
        foreach (string file in _files) Try(() => File.Delete(file));
        // Those within others come last and go first. One that somebody else has put a file into stays.
        foreach (string folder in _folders.AsEnumerable().Reverse()) Try(() => Directory.Delete(folder));
    }

    private static void Try(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What ended the run is told, not this.
        }
    }

    private void MakeFolder(string? folder)
    {
        if (folder is null || Directory.Exists(folder)) return;
        MakeFolder(Path.GetDirectoryName(folder));
        Directory.CreateDirectory(folder);
        _folders.Add(folder);
    }
}
