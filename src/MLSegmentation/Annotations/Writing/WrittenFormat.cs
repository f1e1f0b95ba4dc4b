namespace MLSegmentation;

/// <summary>A format that labels are written in.</summary>
/// <param name="Name">What it is asked for by: as that which <see cref="AnnotationFormat"/> reads.</param>
/// <param name="Forms">What regions can be, the usual first; none where whole masks are written.</param>
/// <param name="IsFolder">Whether a folder is written, and not one file.</param>
/// <param name="KeepsIgnored">Whether it has a place for pixels to ignore.</param>
/// <param name="Begin">Begins the file or folder.</param>
internal sealed record WrittenFormat(
    string Name, IReadOnlyList<RegionForm> Forms, bool IsFolder, bool KeepsIgnored,
    Func<string, AnnotationWriterOptions, IAnnotationWriter> Begin)
{
    private static readonly RegionForm[] _both = [RegionForm.Mask, RegionForm.Polygon];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WrittenFormat> All { get; } =
    [
        new("masks", [], IsFolder: true, KeepsIgnored: true, (path, options) => new MaskFolderWriter(path, options)),
        new("coco", _both, IsFolder: false, KeepsIgnored: false, (path, options) => new CocoAnnotationWriter(path, options)),
        new("labelme", _both, IsFolder: true, KeepsIgnored: true, (path, options) => new LabelMeWriter(path, options)),
        new("cvat", _both, IsFolder: false, KeepsIgnored: false, (path, options) => new CvatWriter(path, options)),
        new("yolo", [RegionForm.Polygon], IsFolder: true, KeepsIgnored: false, (path, options) => new YoloWriter(path, options)),
        new("voc", [], IsFolder: true, KeepsIgnored: true, (path, options) => new VocWriter(path, options)),
        new("label-studio", _both, IsFolder: false, KeepsIgnored: false, (path, options) => new LabelStudioWriter(path, options)),
    ];
}
