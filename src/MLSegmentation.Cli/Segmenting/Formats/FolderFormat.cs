namespace MLSegmentation.Cli;

/// <summary>A file over all masks of a folder.</summary>
internal abstract class FolderFormat : OutputFormat
{
    /// <summary>Begins the file.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="background">The class that stands for what is nothing else; null for none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public abstract MaskFileWriter Open(string path, IReadOnlyList<string> classNames, int? background);
}
