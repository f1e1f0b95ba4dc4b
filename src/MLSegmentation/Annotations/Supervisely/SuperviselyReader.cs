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

    private readonly AnnotationSource _source;
    private readonly ClassIndex _classes;
    private readonly string[] _files;

    private SuperviselyReader(AnnotationSource source)
    {
        _source = source;
        _classes = new ClassIndex(ReadTitles(Path.Combine(source.Path, Meta)));
        _files =
        [
            .. FolderListing.Find(source.Path, [Extension]).Select(file => file.Path)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == Annotations).Order(StringComparer.Ordinal),
        ];
        // Each file is read once here and again when its image's mask is painted: the bitmaps of a whole project may be more than
        // the memory.
        Images = AnnotatedImages.Of(_files, file => file, Find, SuperviselyObject.SizeOf, source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is the folder of a project.</summary>
    public static bool Fits(string path) => File.Exists(Path.Combine(path, Meta))
        && Directory.EnumerateDirectories(path, Annotations, SearchOption.AllDirectories).Any();

    /// <summary>Opens the folder of a project. Images are in <c>img</c> beside each <c>ann</c>.</summary>
    /// <exception cref="IOException">A file or an image is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static SuperviselyReader Open(AnnotationSource source) => Fits(source.Path)
        ? new(source)
        : throw new DirectoryNotFoundException(
            $"The annotations '{source.Path}' are no folder of this format, expected "
            + "the folder of a project with meta.json.");

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
                int found = _classes.Find(item.Title) ?? throw json.Unexpected(
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
                    if (name == "title") titles.Add(json.GetTextOrNull() ?? throw json.Unexpected("a class has no title"));
                }
            }
        }
        return titles.Distinct().Count() == titles.Count ? titles : throw json.Unexpected("two classes have one title");
    }

    private static string DatasetOf(string file) => Path.GetDirectoryName(Path.GetDirectoryName(file))!;

    private static string ImageFileOf(string file) => Path.GetFileName(file)[..^Extension.Length];

    private FoundImage? Find(string file)
    {
        FoundImage? found = ImageLocator.In(Path.Combine(DatasetOf(file), Pictures), _source).Find(ImageFileOf(file));
        // Each dataset has a folder of images; one that is given is that of all.
        return _source.Images is null ? found?.Under(Path.GetRelativePath(_source.Path, DatasetOf(file))) : found;
    }
}
