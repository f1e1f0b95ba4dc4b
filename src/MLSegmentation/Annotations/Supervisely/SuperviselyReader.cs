namespace MLSegmentation;

/// <summary>
/// Reads a project of Supervisely: <c>meta.json</c> with the classes, and in each dataset a file <c>ann/NAME.json</c> for the
/// image <c>img/NAME</c>. Bitmaps, polygons with holes and rectangles are painted in their order. Classes are those of the
/// project, behind a background that is added unless one has its name.
/// </summary>
/// <remarks>
/// Source: Supervisely's documentation, "Image Annotation" and "Objects", and <c>supervisely.geometry</c>: the pixels that a
/// polygon ends on belong to it, and those that a hole ends on to the hole.
/// </remarks>
internal sealed class SuperviselyReader : IAnnotationReader
{
    private const string Meta = "meta.json", Annotations = "ann", Pictures = "img", Extension = ".json";

    private readonly string _path;
    private readonly ClassIndex _classes;
    private readonly string[] _files;

    private SuperviselyReader(string path, string? images)
    {
        _path = path;
        _classes = new ClassIndex(ReadTitles(Path.Combine(path, Meta)));
        _files =
        [
            .. FolderListing.Find(path, [Extension]).Select(file => file.Path)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == Annotations).Order(StringComparer.Ordinal),
        ];
        Images =
        [
            .. _files.Index().Select(file => ImageOf(file.Item, images, file.Index))
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is the folder of a project.</summary>
    public static bool Fits(string path) => File.Exists(Path.Combine(path, Meta))
        && Directory.EnumerateDirectories(path, Annotations, SearchOption.AllDirectories).Any();

    /// <summary>Opens a project.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="images">The folder of images; null for <c>img</c> beside each <c>ann</c>.</param>
    /// <exception cref="IOException">A file or an image is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static SuperviselyReader Open(string path, string? images) => new(path, images);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _files[image.Key];
        using var json = new JsonFileReader(file);
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property != "objects") continue;
            foreach (int index in json.Items())
            {
                var item = SuperviselyObject.Read(json);
                int found = _classes.Find(item.Title) ?? throw json.Damaged(
                    $"an object is of the class '{item.Title}', which '{Meta}' does not have");
                yield return new AnnotatedRegion($"object {index + 1} of '{file}'", found, item.Shape, item.Fault);
            }
        }
    }

    private static List<string> ReadTitles(string file)
    {
        using var json = new JsonFileReader(file);
        List<string> titles = [];
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property != "classes") continue;
            foreach (int _ in json.Items())
            {
                foreach (string name in json.Properties())
                {
                    if (name == "title") titles.Add(json.GetTextOrNull() ?? throw json.Damaged("a class has no title"));
                }
            }
        }
        return titles.Distinct().Count() == titles.Count ? titles : throw json.Damaged("two classes have one title");
    }

    private AnnotatedImage ImageOf(string file, string? images, int key)
    {
        string dataset = Path.GetDirectoryName(Path.GetDirectoryName(file))!, name = Path.GetFileName(file)[..^Extension.Length];
        var locator = new ImageLocator(dataset, images ?? Path.Combine(dataset, Pictures));
        string relative = Path.GetRelativePath(_path, dataset).Replace('\\', '/');
        return new AnnotatedImage(
            SegmentationFolder.NameOf(relative == "." ? name : $"{relative}/{name}"), locator.Find(name),
            SuperviselyObject.SizeOf(file), key);
    }
}
