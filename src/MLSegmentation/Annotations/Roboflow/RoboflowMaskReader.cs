using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// Reads the semantic masks of Roboflow: folders with a <c>_classes.csv</c> of values and classes, and beside each image
/// <c>NAME.jpg</c> a mask <c>NAME_mask.png</c>. Of several folders, such as train and valid, all are read.
/// </summary>
/// <remarks>Source: Roboflow's documentation, "Semantic Segmentation Masks".</remarks>
internal sealed class RoboflowMaskReader : IAnnotationReader
{
    private const string Classes = "_classes.csv", Ending = "_mask";

    private readonly Dictionary<int, int> _values = [];
    private readonly string[] _masks;

    private RoboflowMaskReader(AnnotationSource source)
    {
        string[] lists = Lists(source.Path);
        SortedDictionary<int, string> names = ReadClasses(lists[0]);
        foreach (string other in lists.Skip(1))
        {
            if (!ReadClasses(other).SequenceEqual(names))
            {
                throw new InvalidDataException(
                    $"The files '{lists[0]}' and '{other}' have different classes. Export the set anew, or give one folder of "
                    + "it.");
            }
        }
        ClassNames = [.. names.Values];
        foreach (var (index, value) in names.Keys.Index()) _values.Add(value, index);
        List<(ListedFile Mask, string Folder, ImageLocator Images)> found = [];
        foreach (string folder in lists.Select(list => Path.GetDirectoryName(list)!))
        {
            var images = ImageLocator.In(folder, source);
            found.AddRange(FolderListing.Find(folder, [".png"])
                .Where(mask => mask.Name.EndsWith(Ending, StringComparison.Ordinal))
                .Select(mask => (mask, folder, images)));
        }
        _masks = [.. found.Select(one => one.Mask.Path)];
        Images = AnnotatedImages.Of(found, one => one.Mask.Path, one => Find(one.Mask, one.Folder, one.Images, source));
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is a folder with such masks, or one of such folders.</summary>
    public static bool Fits(string path) => Directory.Exists(path) && Lists(path).Length > 0;

    /// <summary>Opens the folder of masks, or that around train, valid and test. Images are beside the masks.</summary>
    /// <exception cref="IOException">A file or an image is missing.</exception>
    /// <exception cref="InvalidDataException">A list of classes is damaged, or two differ.</exception>
    public static RoboflowMaskReader Open(AnnotationSource source) => Fits(source.Path)
        ? new(source)
        : throw new DirectoryNotFoundException(
            $"The annotations '{source.Path}' are no folder of this format, expected "
            + "a folder with _classes.csv, or of such folders.");

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image) => MaskFileRegions.Of(
        LabelImageReader.Read(_masks[image.Key]), _masks[image.Key], null,
        value => _values.TryGetValue(value, out int index) ? index : null);

    private static FoundImage? Find(ListedFile mask, string folder, ImageLocator images, AnnotationSource source)
    {
        FoundImage? found = images.FindByName(ImageName(mask));
        // Each folder has its images; one that is given is that of all.
        return source.Images is null ? found?.Under(Path.GetRelativePath(source.Path, folder)) : found;
    }

    private static string ImageName(ListedFile mask) => mask.Name[..^Ending.Length];

    private static string[] Lists(string path) =>
    [
        .. new[] { path }.Concat(Directory.EnumerateDirectories(path)).Select(folder => Path.Combine(folder, Classes))
            .Where(File.Exists).Order(StringComparer.Ordinal),
    ];

    private static SortedDictionary<int, string> ReadClasses(string file)
    {
        var names = new SortedDictionary<int, string>();
        foreach (var (index, line) in File.ReadLines(file).Index().Skip(1).Where(line => line.Item.Trim().Length > 0))
        {
            string[] parts = line.Split(',', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || parts[1].Length == 0 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out int value)
                || value < 0 || !names.TryAdd(value, parts[1]))
            {
                throw new InvalidDataException(
                    $"Line {index + 1} of '{file}' is '{PrintableText.Of(line)}', expected a value of its own and a class, such "
                    + "as '1, scratch'.");
            }
        }
        return names.Count > 0 ? names : throw new InvalidDataException($"The file '{file}' lists no classes. Export the set "
            + "anew.");
    }
}
