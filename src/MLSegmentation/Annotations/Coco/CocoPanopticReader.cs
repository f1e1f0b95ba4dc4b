namespace MLSegmentation;

/// <summary>
/// Reads COCO's panoptic annotations: a PNG for each image whose colours are the ids of segments (red + 256 green + 65536 blue),
/// and a JSON file with the category of each. Pixels of the id 0 are to be ignored. Classes are the categories by ascending id,
/// behind a background that is added unless one has its name.
/// </summary>
/// <remarks>Source: "data format" of cocodataset.org, section 4, and <c>panopticapi</c>.</remarks>
internal sealed class CocoPanopticReader : IAnnotationReader
{
    private readonly string _path;
    private readonly ImageLocator _masks;
    private readonly CocoIndex _index;
    private readonly CocoClasses _classes;

    private CocoPanopticReader(AnnotationSource source)
    {
        _path = source.Path;
        _index = CocoIndex.Read(_path);
        _classes = new CocoClasses(_index);
        string name = Path.GetFileNameWithoutExtension(_path);
        // PNGs elsewhere may be the photographs, which go by the same names.
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path))!, own = Path.Combine(folder, name);
        _masks = ImageLocator.In(Directory.Exists(own) ? own : folder, new AnnotationSource(_path));
        Images = _index.Locate(
            ImageLocator.Beside(source, $"../{name.Replace("panoptic_", "", StringComparison.Ordinal)}"), source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file is a panoptic one of COCO's.</summary>
    public static bool Fits(string path) => CocoKind.IsOf(path, hasSegments: true);

    /// <summary>Opens a file, and reads it once. The PNGs are in a folder of its name beside it.</summary>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static CocoPanopticReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        using var json = new JsonFileReader(_path);
        foreach (long place in _index.PlacesOf(image.Key))
        {
            json.Start(place);
            json.Read();
            foreach (AnnotatedRegion region in ReadSegments(json)) yield return region;
        }
    }

    private List<AnnotatedRegion> ReadSegments(JsonFileReader json)
    {
        string? file = null;
        List<(long Id, long Category)> segments = [];
        foreach (string property in json.Properties())
        {
            if (property == "file_name") file = json.GetTextOrNull();
            if (property != "segments_info") continue;
            foreach (int _ in json.Items()) segments.Add(ReadSegment(json));
        }
        if (file is null) throw json.Unexpected("an annotation has no file_name");
        string path = _masks.Find(file)!.Path;
        SegmentIds ids = SegmentIds.Read(path);
        long[] unknown = [.. ids.All.Except(segments.Select(segment => segment.Id)).Where(id => id != 0).Order()];
        if (unknown.Length > 0)
        {
            throw new InvalidDataException(
                $"The PNG '{path}' has {Plural.Of(unknown.Length, "segment")} that its segments_info in '{_path}' does not have: "
                + $"{SegmentationFolder.Text([.. unknown.Select(id => $"{id}")])}. Add them, or export the PNG anew.");
        }
        List<AnnotatedRegion> regions = [];
        if (ids.Find(0) is { } nothing) regions.Add(new AnnotatedRegion($"the id 0 of '{path}'", null, nothing));
        foreach (var (id, category) in segments)
        {
            string origin = $"segment {id} of '{path}'";
            regions.Add(ids.Find(id) is { } shape
                ? new AnnotatedRegion(origin, _classes.Require(category, _path, origin), shape)
                : new AnnotatedRegion(origin, _classes.Require(category, _path, origin), null, "has no pixels in its PNG"));
        }
        return regions;
    }

    private static (long Id, long Category) ReadSegment(JsonFileReader json)
    {
        long? id = null, category = null;
        foreach (string property in json.Properties())
        {
            if (property == "id") id = json.GetWhole();
            else if (property == "category_id") category = json.GetWhole();
        }
        return id is not null && category is not null
            ? (id.Value, category.Value)
            : throw json.Unexpected("a segment has no id or no category_id");
    }
}
