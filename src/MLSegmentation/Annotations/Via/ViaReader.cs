namespace MLSegmentation;

/// <summary>
/// Reads the JSON of the VGG Image Annotator, of version 1 and 2: a project, or the annotations alone. Polygons, rectangles,
/// circles and ellipses are painted in their order. The class of a region is its attribute; where it has none it is
/// <c>object</c>. Classes come by their names, as the file does not list them in an order, behind the background.
/// </summary>
/// <remarks>
/// Source: VIA's documentation, and <c>via.js</c>. Open there and decided here: where regions have several attributes, the class
/// is the one called <c>label</c>, <c>class</c>, <c>name</c>, <c>type</c> or <c>category</c>, whichever comes first in this list,
/// else the first one. Of a checkbox it is the first box that is ticked.
/// </remarks>
internal sealed class ViaReader : IAnnotationReader
{
    private readonly ViaImage[] _images;
    private readonly ClassIndex _classes;
    private readonly string? _attribute;

    private ViaReader(string path, ImageLocator images)
    {
        _images = [.. ViaImage.ReadAll(path)];
        _attribute = ViaRegion.AttributeOf(_images.SelectMany(image => image.Regions));
        _classes = new ClassIndex(
            [.. _images.SelectMany(image => image.Regions).Select(LabelOf).Distinct().Order(StringComparer.Ordinal)]);
        Images =
        [
            .. _images.Index().Select(image => new AnnotatedImage(
                SegmentationFolder.NameOf(image.Item.File), images.Find(image.Item.File), null, image.Index))
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Opens a file, and reads it once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of VIA's.</exception>
    public static ViaReader Open(string path, string? images) => new(path, new ImageLocator(path, images));

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        foreach (var (index, region) in _images[image.Key].Regions.Index())
        {
            var (shape, fault) = region.ToShape();
            yield return new AnnotatedRegion(
                $"region {index} of '{_images[image.Key].File}'", _classes.Find(LabelOf(region)), shape, fault);
        }
    }

    private string LabelOf(ViaRegion region) => region.LabelBy(_attribute);
}
