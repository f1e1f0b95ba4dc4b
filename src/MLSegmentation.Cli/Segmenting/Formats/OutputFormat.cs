namespace MLSegmentation.Cli;

/// <summary>
/// Something that <c>mlseg segment</c> writes beside the masks: an <see cref="ImageFormat"/> or a <see cref="FolderFormat"/>.
/// </summary>
internal abstract class OutputFormat
{
    /// <summary>What <c>--format</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>The name of its file, or of its files with <c>NAME</c> for the name of the image.</summary>
    public abstract string FileName { get; }
}
