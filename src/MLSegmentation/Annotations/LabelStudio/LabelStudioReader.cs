namespace MLSegmentation;

/// <summary>
/// Reads Label Studio's JSON: a list of tasks, each an image with annotations. Polygons, rectangles (turned ones too), ellipses
/// and brushes are painted in their order. Classes are the labels by their names, as the file does not list them, behind the
/// background.
/// </summary>
/// <remarks>
/// Source: Label Studio's documentation, "Label Studio JSON format", and <c>label_studio_sdk.converter</c>. Open there and
/// decided here: of several annotations of a task, the one marked as ground truth counts, else the newest that was not cancelled;
/// a task without one has no regions and is passed over. An image is sought by the end of its address, without the eight
/// characters that an upload puts before its name where there is no such file.
/// </remarks>
internal sealed class LabelStudioReader : IAnnotationReader
{
    private readonly ClassIndex _classes;
    private readonly LabelStudioTask[] _tasks;

    private LabelStudioReader(string path, ImageLocator images)
    {
        _tasks = [.. LabelStudioTask.ReadAll(path).Where(task => task.IsAnnotated)];
        _classes = new ClassIndex(
            [.. _tasks.SelectMany(task => task.Regions.Select(region => region.Label)).Distinct().Order(StringComparer.Ordinal)]);
        Images =
        [
            .. _tasks.Index().Select(task => new AnnotatedImage(
                task.Item.Name, task.Item.Find(images), task.Item.Size, task.Index))
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Opens a file, and reads it once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of Label Studio's.</exception>
    public static LabelStudioReader Open(string path, string? images) => new(path, new ImageLocator(path, images));

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image) => _tasks[image.Key].Regions.Select(
        region => new AnnotatedRegion(region.Origin, _classes.Find(region.Label), region.Shape, region.Fault));
}
