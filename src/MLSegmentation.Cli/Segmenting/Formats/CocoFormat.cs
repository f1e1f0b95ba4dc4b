namespace MLSegmentation.Cli;

/// <summary>The regions of all images, as a COCO file.</summary>
internal sealed class CocoFormat : FolderFormat
{
    /// <inheritdoc/>
    public override string Name => "coco";

    /// <inheritdoc/>
    public override string FileName => "coco.json";

    /// <inheritdoc/>
    public override MaskFileWriter Open(string path, IReadOnlyList<string> classNames, int? background) =>
        new CocoWriter(path, classNames, new CocoOptions { Background = background });
}
