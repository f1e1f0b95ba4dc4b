using System.Globalization;
using System.Xml;

namespace MLSegmentation;

/// <summary>
/// Reads CVAT's "CVAT for images 1.1" and "CVAT for video 1.1": an XML file, <c>annotations.xml</c> in an exported folder.
/// Polygons, boxes (turned ones too), ellipses and masks are painted by ascending <c>z_order</c>, those of one order as they
/// come. Classes are the labels as the file lists them, behind a background that is added unless a label has its name.
/// </summary>
/// <remarks>
/// Source: CVAT's documentation, "CVAT for image" and "CVAT for video". Open there and decided here: polylines, points, cuboids
/// and skeletons have no area; tags are no regions.
/// </remarks>
internal sealed class CvatReader : IAnnotationReader
{
    private const string FileName = "annotations.xml";

    private readonly string _path;
    private readonly ClassIndex _classes;
    private readonly CvatFile _file;

    private CvatReader(AnnotationSource source)
    {
        _path = source.Path;
        _file = CvatFile.Read(_path);
        _classes = new ClassIndex(_file.Labels.Count > 0 ? _file.Labels : [.. _file.UsedLabels]);
        var images = ImageLocator.Beside(source);
        Images = AnnotatedImages.Of(
            _file.Images, image => image.Entry, image => image.Find(images), image => image.Size, source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file, or the usual file of a folder, is one of CVAT's.</summary>
    public static bool Fits(string path)
    {
        string file = FileOf(path);
        if (!File.Exists(file) || !file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            using var xml = CvatFile.Open(file);
            return xml.MoveToContent() == XmlNodeType.Element && xml.Name == CvatFile.Root;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Opens a file, or the usual one of a folder, and reads it once.</summary>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of CVAT's.</exception>
    public static CvatReader Open(AnnotationSource source) => new(source with { Path = FileOf(source.Path) });

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        foreach (CvatShape shape in _file.Images[image.Key].Shapes.OrderBy(shape => shape.Order))
        {
            var (region, fault) = shape.Geometry.ToRegion();
            yield return new AnnotatedRegion(
                string.Create(CultureInfo.InvariantCulture, $"the {shape.Kind} in line {shape.Line}"),
                _classes.Find(shape.Label) ?? throw new InvalidDataException(
                    $"The file '{_path}' has in line {shape.Line} the label '{PrintableText.Of(shape.Label)}', which is none of "
                    + $"its labels: {PrintableText.Join(_file.Labels)}. Export it anew."),
                region, fault);
        }
    }

    private static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, FileName) : path;
}
