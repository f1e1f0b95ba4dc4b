namespace MLSegmentation;

/// <summary>
/// Reads COCO as Roboflow exports it whole: in each of the folders train, valid and test a file <c>_annotations.coco.json</c>
/// beside its images. All of them are one set. Names have the folder before them, and the classes of all have to be the same.
/// </summary>
internal sealed class CocoFolderReader : IAnnotationReader
{
    private const string FileName = "_annotations.coco.json";

    private readonly List<(CocoReader Part, AnnotatedImage Image)> _images = [];

    private CocoFolderReader(AnnotationSource source)
    {
        string[] files = Files(source.Path);
        CocoReader[] parts = [.. files.Select(file => CocoReader.Open(PartOf(source, file)))];
        ClassNames = parts[0].ClassNames;
        List<AnnotatedImage> images = [];
        foreach (var (file, part) in files.Zip(parts))
        {
            if (!part.ClassNames.SequenceEqual(ClassNames))
            {
                throw new InvalidDataException(
                    $"The files '{files[0]}' and '{file}' have different classes: {PrintableText.Join(ClassNames)} and "
                    + $"{PrintableText.Join(part.ClassNames)}. Export the set anew, or give one of the files.");
            }
            string folder = Path.GetFileName(Path.GetDirectoryName(file))!;
            foreach (AnnotatedImage image in part.Images)
            {
                images.Add(image with { Name = $"{folder}/{image.Name}", Key = _images.Count });
                _images.Add((part, image));
            }
        }
        Images = [.. images.OrderBy(image => image.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is a folder of several such folders.</summary>
    public static bool Fits(string path) =>
        Directory.Exists(path) && Files(path) is { Length: > 1 } files && files.All(CocoReader.Fits);

    /// <summary>Opens the folder that train, valid and test are in.</summary>
    /// <exception cref="IOException">A file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or two have different classes.</exception>
    public static CocoFolderReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        var (part, own) = _images[image.Key];
        return part.Read(own);
    }

    /// <summary>A file as annotations of its own; a folder of images that is given has the same folders.</summary>
    private static AnnotationSource PartOf(AnnotationSource source, string file) => source with
    {
        Path = file,
        Images = source.Images is null
            ? Path.GetDirectoryName(file)
            : Path.Combine(source.Images, Path.GetFileName(Path.GetDirectoryName(file))!),
    };

    private static string[] Files(string path) =>
    [
        .. Directory.EnumerateDirectories(path).Select(folder => Path.Combine(folder, FileName)).Where(File.Exists)
            .Order(StringComparer.Ordinal),
    ];
}
