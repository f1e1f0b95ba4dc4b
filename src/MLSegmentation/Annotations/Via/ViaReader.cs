using System.Text.Json;

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
    private readonly string _path;
    private readonly ViaImage[] _images;
    private readonly ClassIndex _classes;
    private readonly string? _attribute;

    private ViaReader(AnnotationSource source)
    {
        _path = source.Path;
        _images = [.. ViaImage.ReadAll(_path)];
        _attribute = ViaRegion.AttributeOf(_images.SelectMany(image => image.Regions));
        _classes = new ClassIndex(
            [.. _images.SelectMany(image => image.Regions).Select(LabelOf).Distinct().Order(StringComparer.Ordinal)]);
        var images = ImageLocator.Beside(source);
        Images = AnnotatedImages.Of(
            _images, image => image.File, image => images.Find(image.File), faults: source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file is one of VIA's.</summary>
    public static bool Fits(string path) => JsonLook.At(path, json =>
    {
        if (json.Token != JsonTokenType.StartObject) return false;
        foreach (string property in json.Properties())
        {
            if (property == ViaImage.All) return true;
            if (json.Token == JsonTokenType.StartObject && json.Properties().Contains("regions")) return true;
        }
        return false;
    });

    /// <summary>Opens a file, and reads it once.</summary>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of VIA's.</exception>
    public static ViaReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        ViaImage own = _images[image.Key];
        foreach (var (index, region) in own.Regions.Index())
        {
            string origin = $"region {index} of '{PrintableText.Of(own.File)}'";
            var (shape, fault) = region.ToShape($"{origin} in '{_path}'");
            yield return new AnnotatedRegion(origin, _classes.Find(LabelOf(region)), shape, fault);
        }
    }

    private string LabelOf(ViaRegion region) => region.LabelBy(_attribute);
}
