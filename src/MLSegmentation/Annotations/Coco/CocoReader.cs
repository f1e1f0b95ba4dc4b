namespace MLSegmentation;

/// <summary>
/// Reads COCO's JSON of instances. A list of polygons is the union of them, run lengths are a list or text, with <c>iscrowd</c> or
/// without. Regions come in the order of the file. Classes are the categories by ascending id, behind a background that is added
/// unless a category has its name. Of the file only the places of the annotations are held, 16 bytes for each: a file of any
/// length is read.
/// </summary>
/// <remarks>
/// Source: "data format" of cocodataset.org. Open there and decided here: an annotation with a box alone is no region; a category of
/// id 0 that stands above all others and that no annotation has, as Roboflow writes it, is no class.
/// </remarks>
internal sealed class CocoReader : IAnnotationReader
{
    private readonly string _path;
    private readonly CocoIndex _index;
    private readonly Dictionary<long, int> _classes = [];

    private CocoReader(string path, ImageLocator images)
    {
        _path = path;
        _index = CocoIndex.Read(path);
        string[] names = [.. Categories().Select(category => category.Name)];
        ClassNames = names;
        Images =
        [
            .. _index.Images.Index().Select(image => new AnnotatedImage(
                SegmentationFolder.NameOf(image.Item.File), images.Find(image.Item.File), image.Item.Size, image.Index))
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Opens a file, and reads it once for the places of its annotations.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of COCO's.</exception>
    public static CocoReader Open(string path, string? images) => new(path, new ImageLocator(path, images, $"../{Path.GetFileNameWithoutExtension(path).Replace("instances_", "", StringComparison.Ordinal)}"));

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

    private List<CocoCategory> Categories()
    {
        List<CocoCategory> categories = [.. _index.Categories.OrderBy(category => category.Id)];
        if (categories is [{ Id: 0 } root, _, ..] && !_index.IsUsed(0)
            && categories.Skip(1).All(category => category.Supercategory == root.Name))
            categories.RemoveAt(0);
        int background = categories.FindIndex(category => Background.IsNameOf(category.Name));
        CocoCategory first = background < 0 ? new CocoCategory(-1, Background.Name, "") : categories[background];
        categories.Remove(first);
        categories.Insert(0, first);
        foreach (var (index, category) in categories.Index()) _classes.Add(category.Id, index);
        return categories;
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
                case "id": origin = $"annotation {json.GetWhole() ?? throw json.Damaged("an annotation's id is no whole number")}"; break;
                case "category_id": category = json.GetWhole(); break;
                case "segmentation": (shape, fault) = CocoSegmentation.Read(json); break;
            }
        }
        return category is { } id && _classes.TryGetValue(id, out int found)
            ? new AnnotatedRegion(origin, found, shape, fault)
            : throw new InvalidDataException(
                $"The file '{_path}' has {origin} of the category {category}, which is none of "
                + $"{PrintableText.Join([.. _classes.Keys.Where(one => one >= 0).Select(one => $"{one}")])}. Mend its category_id, or "
                + "add the category.");
    }
}
