using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Reads Label Studio's JSON, a list of tasks, each an image with annotations, and its short form JSON-MIN. Polygons, rectangles
/// (turned ones too), ellipses and brushes are painted in their order. Classes are the labels by their names, as the file does
/// not list them, behind the background.
/// </summary>
/// <remarks>
/// Source: Label Studio's documentation, "Label Studio JSON format", and <c>label_studio_sdk.converter</c>. Open there and
/// decided here: of several annotations of a task, the one marked as ground truth counts, else the newest that was not cancelled;
/// a task without one has no regions and is passed over. Predictions count in a file without any annotation, such as one that
/// <c>mlseg prelabel</c> writes. An image is sought by the end of its address, without the eight
/// characters that an upload puts before its name where there is no such file.
/// </remarks>
internal sealed class LabelStudioReader : IAnnotationReader
{
    private readonly ClassIndex _classes;
    private readonly LabelStudioTask[] _tasks;

    private LabelStudioReader(AnnotationSource source)
    {
        bool isShort = !FirstHas(source.Path, "data") && FirstHas(source.Path, LabelStudioRecord.Mark);
        _tasks = isShort ? [.. LabelStudioRecord.ReadAll(source.Path)] : Answered([.. LabelStudioTask.ReadAll(source.Path)]);
        _classes = new ClassIndex(
            [.. _tasks.SelectMany(task => task.Regions.Select(region => region.Label)).Distinct().Order(StringComparer.Ordinal)]);
        var images = ImageLocator.Beside(source);
        Images = AnnotatedImages.Of(_tasks, task => task.Address, task => task.Find(images), task => task.Size, source.Missing);
    }

    public IReadOnlyList<string> ClassNames => _classes.Names;

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file is a list of tasks or of records.</summary>
    public static bool Fits(string path) => FirstHas(path, "data") || FirstHas(path, LabelStudioRecord.Mark);

    /// <summary>Opens a file, and reads it once.</summary>
    /// <exception cref="IOException">The file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or none of Label Studio's.</exception>
    public static LabelStudioReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image) => _tasks[image.Key].Regions.Select(
        region => new AnnotatedRegion(region.Origin, _classes.Find(region.Label), region.Shape, region.Fault));

    private static LabelStudioTask[] Answered(LabelStudioTask[] tasks)
    {
        LabelStudioTask[] annotated = [.. tasks.Where(task => task.IsAnnotated)];
        return annotated.Length > 0 ? annotated : [.. tasks.Where(task => task.IsPredicted)];
    }

    private static bool FirstHas(string path, string name) => JsonLook.At(path, json =>
    {
        if (json.Token != JsonTokenType.StartArray) return false;
        foreach (int _ in json.Items()) return json.Token == JsonTokenType.StartObject && json.Properties().Contains(name);
        return false;
    });
}
