namespace MLSegmentation;

/// <summary>A format that labels are written in.</summary>
/// <param name="Name">What it is asked for by: as that which <see cref="AnnotationFormat"/> reads.</param>
/// <param name="Forms">What regions can be, the usual first; none where whole masks are written.</param>
/// <param name="IsFolder">Whether a folder is written, and not one file.</param>
/// <param name="HasImages">Whether copies of the images are written too.</param>
/// <param name="KeepsIgnored">Whether it has a place for pixels to ignore.</param>
/// <param name="Open">Begins the file or folder.</param>
internal sealed record WrittenFormat(
    string Name, IReadOnlyList<RegionForm> Forms, bool IsFolder, bool HasImages, bool KeepsIgnored,
    Func<string, AnnotationWriterOptions, IAnnotationWriter> Open)
{
    private static readonly RegionForm[] _both = [RegionForm.Mask, RegionForm.Polygon];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WrittenFormat> All { get; } =
    [
        new(
            "masks", [], IsFolder: true, HasImages: false, KeepsIgnored: true,
            (path, options) => new MaskFolderWriter(path, options)),
        new(
            "coco", _both, IsFolder: false, HasImages: false, KeepsIgnored: false,
            (path, options) => new CocoAnnotationWriter(path, options)),
        new(
            "labelme", _both, IsFolder: true, HasImages: true, KeepsIgnored: true,
            (path, options) => new LabelMeWriter(path, options)),
        new(
            "cvat", _both, IsFolder: false, HasImages: false, KeepsIgnored: false,
            (path, options) => new CvatWriter(path, options)),
        new(
            "yolo", [RegionForm.Polygon], IsFolder: true, HasImages: true, KeepsIgnored: false,
            (path, options) => new YoloWriter(path, options)),
        new(
            "voc", [], IsFolder: true, HasImages: true, KeepsIgnored: true,
            (path, options) => new VocWriter(path, options)),
        new(
            "label-studio", _both, IsFolder: false, HasImages: false, KeepsIgnored: false,
            (path, options) => new LabelStudioWriter(path, options)),
    ];

    /// <summary>Begins a file or folder, where nothing is in the way of any image.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">How labels are written.</param>
    /// <param name="images">The images that are to be written.</param>
    /// <exception cref="IOException">
    /// A file is there already, two images would be written to one, or the file or folder cannot be written.
    /// </exception>
    /// <exception cref="InvalidDataException">A name of a class or an image does not fit the format.</exception>
    public IAnnotationWriter Begin(string path, AnnotationWriterOptions options, IEnumerable<ListedFile> images)
    {
        IAnnotationWriter writer = Open(path, options);
        try
        {
            RequireNew(writer, images);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void RequireNew(IAnnotationWriter writer, IEnumerable<ListedFile> images)
    {
        var sources = new Dictionary<string, string>();
        foreach (ListedFile image in images)
        {
            foreach (string file in writer.FilesOf(image))
            {
                NewFile.Require(file);
                if (sources.TryAdd(file, image.Path)) continue;
                throw new IOException(
                    $"'{sources[file]}' and '{image.Path}' would both be written to '{file}'. Rename one of them.");
            }
        }
    }
}
