namespace MLSegmentation;

/// <summary>
/// Reads folders in the form of Pascal VOC: masks in <c>SegmentationClass</c>, images in <c>JPEGImages</c>. The indices of a mask
/// are classes, and 255 is to be ignored. Classes are the twenty of VOC behind its background, or the lines of
/// <c>class_names.txt</c>. With a <c>labelmap.txt</c>, as CVAT's "Segmentation mask 1.1" has it, they are what that lists, and
/// masks are read by its colours. Of the images listed in <c>ImageSets/Segmentation</c>, or of all masks.
/// </summary>
/// <remarks>Source: the VOC2012 development kit, and CVAT's documentation, "Segmentation mask".</remarks>
internal sealed class VocReader : IAnnotationReader
{
    /// <summary>What the file of the classes is called: LabelMe's name, as VOC has none for other classes than its own.</summary>
    public const string ClassesFile = "class_names.txt";

    private const string Masks = "SegmentationClass";
    private const int Ignored = 255;
    private static readonly string[] _names =
    [
        "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
        "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    private readonly string[] _masks;
    private readonly VocLabelMap? _map;

    private VocReader(AnnotationSource source)
    {
        string folder = source.Path;
        string map = Path.Combine(folder, VocLabelMap.FileName), list = Path.Combine(folder, ClassesFile);
        _map = File.Exists(map) ? VocLabelMap.Read(map) : null;
        ClassNames = _map is not null ? _map.Names
            : File.Exists(list) ? [.. File.ReadAllLines(list).Select(line => line.Trim()).Where(line => line.Length > 0)]
            : _names;
        ListedFile[] masks = [.. FolderListing.Find(Path.Combine(folder, Masks), [".png"])];
        HashSet<string> listed = Listed(Path.Combine(folder, "ImageSets", "Segmentation"));
        if (listed.Count > 0) masks = [.. masks.Where(mask => listed.Contains(mask.Name))];
        _masks = [.. masks.Select(mask => mask.Path)];
        var images = ImageLocator.Beside(source, "JPEGImages");
        Images = AnnotatedImages.Of(masks, mask => mask.Path, mask => images.FindByName(mask.Name));
        foreach (string name in listed.Except(masks.Select(mask => mask.Name)).Order(StringComparer.Ordinal))
        {
            source.Report(
                $"There is no mask '{PrintableText.Of(name)}.png' in '{Path.Combine(folder, Masks)}', which "
                + "ImageSets/Segmentation lists. Add it, or take the image out of the list.", name);
        }
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is a folder of that form.</summary>
    public static bool Fits(string path) => Directory.Exists(Path.Combine(path, Masks));

    /// <summary>Opens the folder that <c>SegmentationClass</c> is in.</summary>
    /// <exception cref="IOException">A folder or an image is missing.</exception>
    /// <exception cref="InvalidDataException">The label map is damaged.</exception>
    public static VocReader Open(AnnotationSource source) => Fits(source.Path)
        ? new(source)
        : throw new DirectoryNotFoundException(
            $"The annotations '{source.Path}' are no folder of this format, expected "
            + "a folder with the folder SegmentationClass in it.");

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _masks[image.Key];
        return _map is null
            ? MaskFileRegions.Of(
                LabelImageReader.Read(file), file, Ignored, value => value < ClassNames.Count ? value : null)
            : MaskFileRegions.Of(
                LabelImageReader.Read(file, _map.Labels), file, VocLabelMap.Ignored, value => value);
    }

    private static HashSet<string> Listed(string folder) => !Directory.Exists(folder)
        ? []
        : [
            .. Directory.EnumerateFiles(folder, "*.txt").SelectMany(File.ReadLines).Select(line => line.Trim())
                .Where(line => line.Length > 0),
        ];
}
