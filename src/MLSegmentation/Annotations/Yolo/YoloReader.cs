using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// Reads YOLO's text files of segmentation, one an image, and the <c>data.yaml</c> that lists classes and folders. A line is a
/// class and the points of a polygon, as parts of the image's width and height; a line of five numbers is a box, by its middle
/// and its size. Lines are painted in their order. An image without a text file has no regions. Classes are those of the file,
/// behind a background that is added unless one has its name.
/// </summary>
/// <remarks>Source: Ultralytics' documentation, "Instance Segmentation Datasets Overview".</remarks>
internal sealed class YoloReader : IAnnotationReader
{
    private readonly YoloData _data;
    private readonly ClassIndex _classes;
    private readonly string[] _labels;

    private YoloReader(YoloData data, ImageLocator locator)
    {
        _data = data;
        _classes = new ClassIndex(data.Names);
        // One image may be in several parts.
        YoloImage[] images = [.. data.Images().DistinctBy(image => Path.GetFullPath(image.Path))];
        _labels = [.. images.Select(image => image.Labels)];
        Images = AnnotatedImages.Of(
            images, image => image.Path,
            image => File.Exists(image.Path) ? new FoundImage(image.Path, image.Name) : locator.Missing(image.Path));
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a path is such a file, or a folder that has one.</summary>
    public static bool Fits(string path) => YoloData.FileOf(path) is not null;

    /// <summary>
    /// Opens a <c>data.yaml</c>, or that of a folder. The folder of images is where the paths of the file start from.
    /// </summary>
    /// <exception cref="IOException">A file or folder is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or has no names.</exception>
    public static YoloReader Open(AnnotationSource source)
    {
        string file = YoloData.FileOf(source.Path)
            ?? throw new FileNotFoundException($"There is no data.yaml in '{source.Path}'.", source.Path);
        return new YoloReader(YoloData.Read(file, source.Images), ImageLocator.Beside(source));
    }

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _labels[image.Key];
        if (!File.Exists(file)) yield break;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) yield return ReadLine(words, $"line {index + 1} of '{file}'");
        }
    }

    private AnnotatedRegion ReadLine(string[] words, string origin)
    {
        double[] numbers =
        [
            .. words.Skip(1).Select(word => double.TryParse(word, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number)
                    ? number
                    : throw new InvalidDataException($"The {origin} has '{PrintableText.Of(word, 60)}', expected a number.")),
        ];
        if (!int.TryParse(words[0], CultureInfo.InvariantCulture, out int label) || label < 0 || label >= _data.Names.Count)
        {
            throw new InvalidDataException(
                $"The {origin} has the class '{PrintableText.Of(words[0], 60)}', expected 0 to {_data.Names.Count - 1}: there "
                + $"are {_data.Names.Count} names in '{_data.Path}'.");
        }
        int found = _classes.Find(_data.Names[label])!.Value;
        // Behind the numbers of a prediction is its confidence.
        if (numbers.Length is 4 or 5)
        {
            double across = numbers[2] / 2, down = numbers[3] / 2;
            PolygonPoint[] corners = BoxCorners.Of(new PolygonPoint(numbers[0], numbers[1]), -across, -down, across, down);
            return new AnnotatedRegion(origin, found, Bounded(corners, numbers));
        }
        PolygonPoint[] points =
            [.. numbers.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new PolygonPoint(pair[0], pair[1]))];
        return points.Length >= 3
            ? new AnnotatedRegion(origin, found, Bounded(points, numbers))
            : new AnnotatedRegion(origin, found, null, $"has {Plural.Of(points.Length, "point")}, expected at least 3");

        static BoundedShape Bounded(PolygonPoint[] points, double[] numbers) =>
            new(new RelativePolygonShape(points), numbers, most: 1);
    }
}
