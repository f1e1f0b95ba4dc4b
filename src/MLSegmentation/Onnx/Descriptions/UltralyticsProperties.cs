namespace MLSegmentation;

/// <summary>
/// What exporters of Ultralytics (YOLO) write into a model's properties: <c>names</c> and <c>stride</c>, and in later versions
/// <c>imgsz</c> and <c>task</c>. All of these networks take values of 0 to 1, and images that are fitted into a size.
/// </summary>
internal static class UltralyticsProperties
{
    private const string Names = "names", Stride = "stride", Size = "imgsz", Task = "task";
    private const int LargestStride = 1024, LargestSide = 16_384;

    // docs.ultralytics.com, "Tasks".
    private static readonly Dictionary<string, string> _otherTasks = new()
    {
        ["segment"] = "boxes with prototypes of masks",
        ["detect"] = "boxes around objects",
        ["obb"] = "turned boxes around objects",
        ["pose"] = "boxes with the points of bodies",
        ["classify"] = "one class for the whole image",
    };

    /// <summary>Reads them; null where a model has none.</summary>
    /// <exception cref="FormatException">One of them has a wrong value.</exception>
    public static ModelDescription? Read(IReadOnlyDictionary<string, string> properties)
    {
        if (!properties.ContainsKey(Names) || !properties.ContainsKey(Stride)) return null;
        IReadOnlyList<int> size = properties.ContainsKey(Size) ? Parse(properties, Size, PythonLiteral.ReadIntegers) : [];
        if (size.Count == 1) size = [size[0], size[0]];
        if (size.Count > 2 || size.Any(side => side is < 1 or > LargestSide))
            throw Wrong(properties, Size, $"height and width of 1 to {LargestSide}");
        int stride = Parse(properties, Stride, PythonLiteral.ReadIntegers).DefaultIfEmpty().Max();
        if (stride is < 1 or > LargestStride) throw Wrong(properties, Stride, $"1 to {LargestStride}");
        SortedDictionary<int, string> names = Parse(properties, Names, PythonLiteral.ReadTexts);
        if (names.Count > 0 && names.Keys.Last() != names.Count - 1)
            throw Wrong(properties, Names, "a name for each class from 0 on");
        var facts = new ImageModelMetadata
        {
            ClassNames = [.. names.Values],
            SizeMultiple = stride,
            ImageHeight = size.Count == 2 ? size[0] : 0,
            ImageWidth = size.Count == 2 ? size[1] : 0,
            Sizing = size.Count == 2 ? ImageSizing.Letterbox : ImageSizing.Native,
        };
        string? task = properties.GetValueOrDefault(Task);
        return new ModelDescription(
            "Ultralytics' metadata of the model", facts, ImagePreparation.ZeroToOne,
            task is not null && _otherTasks.TryGetValue(task, out string? what) ? $"{task}: {what}" : null);
    }

    private static T Parse<T>(IReadOnlyDictionary<string, string> properties, string key, Func<string, T> read)
    {
        try
        {
            return read(properties[key]);
        }
        catch (FormatException error)
        {
            throw Wrong(properties, key, $"what Python writes: {error.Message}");
        }
    }

    private static FormatException Wrong(IReadOnlyDictionary<string, string> properties, string key, string expected) =>
        new($"The property '{key}' is '{PrintableText.Of(properties[key], longest: 60)}', expected {expected}.");
}
