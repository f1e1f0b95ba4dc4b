namespace MLSegmentation;

/// <summary>
/// Reads COCO's JSON of instances. A list of polygons is the union of them, run lengths are a list or text, with <c>iscrowd</c>
/// or without. Regions come in the order of the file. Of the file only the places of the annotations are held, 16 bytes for each:
/// a file of any length is read.
/// </summary>
/// <remarks>
/// Source: "data format" of cocodataset.org. Open there and decided here: an annotation with a box alone has no pixels.
/// </remarks>
internal sealed class CocoReader : IAnnotationReader
{
    private readonly string _path;
    private readonly CocoIndex _index;
    private readonly CocoClasses _classes;

    private CocoReader(AnnotationSource source)
    {
        _path = source.Path;
        _index = CocoIndex.Read(_path);
        _classes = new CocoClasses(_index);
        // MMDetection's annotations/instances_val2017.json is about the images of val2017 beside its folder, and so is
        // COCO-Stuff's stuff_val2017.json.
        string set = Path.GetFileNameWithoutExtension(_path).Replace("instances_", "", StringComparison.Ordinal)
            .Replace("stuff_", "", StringComparison.Ordinal);
        Images = _index.Locate(ImageLocator.Beside(source, $"../{set}"), source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file is one of COCO's instances.</summary>
    public static bool Fits(string path) => CocoKind.IsOf(path, hasSegments: false);

    /// <summary>Opens a file, and reads it once for the places of its annotations.</summary>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of COCO's.</exception>
    public static CocoReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        using var json = new JsonFileReader(_path);
        foreach (long place in _index.PlacesOf(image.Key))
        {
            json.Start(place);
            json.Read();
            yield return ReadRegion(json);
        }
    }

    private AnnotatedRegion ReadRegion(JsonFileReader json)
    {
        string origin = "an annotation without id";
        long? category = null;
        RegionShape? shape = null;
        string? fault = "has no segmentation";
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "id" when json.GetWhole() is { } id: origin = $"annotation {id}"; break;
                case "category_id": category = json.GetWhole(); break;
                case "segmentation": (shape, fault) = CocoSegmentation.Read(json, origin); break;
            }
        }
        return new AnnotatedRegion(origin, _classes.Require(category, _path, origin), shape, fault);
    }
}
