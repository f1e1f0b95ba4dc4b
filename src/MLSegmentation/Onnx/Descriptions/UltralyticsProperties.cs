using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// What exporters of Ultralytics (YOLO) write into a model's properties: <c>names</c>, <c>stride</c>, <c>imgsz</c> and
/// <c>task</c>. All of these networks take values of 0 to 1, and images that are fitted into a size. Others write properties of
/// these names too: they count where <c>author</c> or <c>description</c> says Ultralytics, or where all four are there.
/// </summary>
internal static class UltralyticsProperties
{
    private const string Names = "names", Stride = "stride", Size = "imgsz", Task = "task";
    private const string Maker = "Ultralytics";
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

    /// <summary>Reads them; null where a model has none, or wrong ones that may be somebody else's.</summary>
    /// <exception cref="FormatException">One of them has a wrong value, and the model says that it is of Ultralytics.</exception>
    public static ModelDescription? Read(IReadOnlyDictionary<string, string> properties)
    {
        if (!properties.ContainsKey(Names) || !properties.ContainsKey(Stride)) return null;
        if (IsNamed("author") || IsNamed("description")) return Parse(properties);
        if (!properties.ContainsKey(Size) || !properties.ContainsKey(Task)) return null;
        try
        {
            return Parse(properties);
        }
        catch (FormatException)
        {
            return null;
        }

        bool IsNamed(string key) =>
            properties.TryGetValue(key, out string? value) && value.Contains(Maker, StringComparison.OrdinalIgnoreCase);
    }

    private static ModelDescription Parse(IReadOnlyDictionary<string, string> properties)
    {
        IReadOnlyList<int> size = properties.ContainsKey(Size) ? Parse(properties, Size, PythonLiteral.ReadIntegers) : [];
        if (size.Count == 1) size = [size[0], size[0]];
        if (size.Count > 2 || size.Any(side => side is < 1 or > LargestSide))
            throw Wrong(properties, Size, $"height and width of 1 to {LargestSide}");
        int stride = Parse(properties, Stride, PythonLiteral.ReadIntegers).DefaultIfEmpty().Max();
        if (stride is < 1 or > LargestStride) throw Wrong(properties, Stride, $"1 to {LargestStride}");
        SortedDictionary<int, string> names = Parse(properties, Names, text => ReadJson(text) ?? PythonLiteral.ReadTexts(text));
        if (names.Count > 0 && (names.Keys.First() != 0 || names.Keys.Last() != names.Count - 1))
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

    /// <summary>Names as JSON, <c>{"0": "sky"}</c>, which some write in place of Python's; null for other texts.</summary>
    private static SortedDictionary<int, string>? ReadJson(string text)
    {
        try
        {
            var names = JsonSerializer.Deserialize<SortedDictionary<int, string>>(text);
            return names is { Count: <= OnnxModelInfo.MostClasses } && names.Values.All(name => name is not null) ? names : null;
        }
        catch (JsonException)
        {
            return null;
        }
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
