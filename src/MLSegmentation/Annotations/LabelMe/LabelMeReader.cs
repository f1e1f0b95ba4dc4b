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

    private LabelMeReader(string path, ImageLocator images)
    {
        _files = File.Exists(path)
            ? [path]
            : [.. FolderListing.Find(path, [".json"]).Select(file => file.Path).Order(StringComparer.Ordinal)];
        LabelMeFile[] read = [.. _files.Select(LabelMeFile.Read)];
        string[] labels = [.. read.SelectMany(file => file.Shapes.Select(shape => shape.Label)).Distinct()
            .Where(label => label != Ignored && !Background.IsNameOf(label)).Order(StringComparer.Ordinal)];
        string[] names = [Background.Name, .. labels];
        foreach (var (index, label) in labels.Index()) _classes.Add(label, index + 1);
        ClassNames = names;
        Images =
        [
            .. read.Index().Select(file => new AnnotatedImage(
                SegmentationFolder.NameOf(file.Item.ImagePath), images.Find(file.Item.ImagePath), file.Item.Size, file.Index))
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Opens a file or the files of a folder, and reads each once for its labels.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <exception cref="IOException">A file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or none of LabelMe's.</exception>
    public static LabelMeReader Open(string path, string? images) => new(path, new ImageLocator(path, images));

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        foreach (var (index, shape) in LabelMeFile.Read(_files[image.Key]).Shapes.Index())
        {
            int? found = shape.Label == Ignored ? null : _classes.GetValueOrDefault(shape.Label);
            var (region, fault) = shape.ToRegion(_files[image.Key]);
            yield return new AnnotatedRegion($"shape {index + 1} of '{_files[image.Key]}'", found, region, fault);
        }
    }
}
