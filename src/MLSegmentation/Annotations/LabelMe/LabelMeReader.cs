namespace MLSegmentation;

/// <summary>
/// Reads LabelMe's JSON files, one an image. Shapes are painted in their order, as <c>labelme_json_to_dataset</c> does, with
/// Pillow's rounding. The label <c>__ignore__</c> stands for pixels to ignore. Classes are the labels by their names, behind the
/// background.
/// </summary>
/// <remarks>
/// Source: <c>shapes_to_label</c> of LabelMe. Open there and decided here: shapes of one <c>group_id</c> are painted each for
/// itself, which gives the same mask; the order of classes is that of their names, as no file lists them.
/// </remarks>
internal sealed class LabelMeReader : IAnnotationReader
{
    /// <summary>The label of pixels to ignore.</summary>
    private const string Ignored = "__ignore__";

    private readonly string[] _files;
    private readonly Dictionary<string, int> _classes = [];

    private LabelMeReader(AnnotationSource source)
    {
        string path = source.Path;
        _files = FilesOf(path);
        LabelMeFile[] read = [.. _files.Select(LabelMeFile.Read)];
        string[] labels = [.. read.SelectMany(file => file.Shapes.Select(shape => shape.Label)).Distinct()
            .Where(label => label != Ignored && !Background.IsNameOf(label)).Order(StringComparer.Ordinal)];
        string[] names = [Background.Name, .. labels];
        foreach (var (index, label) in labels.Index()) _classes.Add(label, index + 1);
        ClassNames = names;
        var images = ImageLocator.Beside(source);
        Images = AnnotatedImages.Of(
            read, file => SegmentationFolder.NameOf(file.ImagePath), file => images.Find(file.ImagePath), file => file.Size);
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file, or one of a folder, is one of LabelMe's.</summary>
    public static bool Fits(string path) => FilesOf(path).Any(file => JsonLook.HasAll(file, "shapes", "imagePath"));

    /// <summary>Opens a file or the files of a folder, and reads each once for its labels.</summary>
    /// <exception cref="IOException">A file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or none of LabelMe's.</exception>
    public static LabelMeReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        foreach (var (index, shape) in LabelMeFile.Read(_files[image.Key]).Shapes.Index())
        {
            int? found = shape.Label == Ignored ? null : _classes.GetValueOrDefault(shape.Label);
            var (region, fault) = shape.ToRegion(_files[image.Key]);
            yield return new AnnotatedRegion($"shape {index + 1} of '{_files[image.Key]}'", found, region, fault);
        }
    }

    private static string[] FilesOf(string path) => File.Exists(path)
        ? [path]
        : [.. FolderListing.Find(path, [".json"]).Select(file => file.Path).Order(StringComparer.Ordinal)];
}
