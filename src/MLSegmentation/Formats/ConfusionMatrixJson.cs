using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Reads the JSON of a <see cref="ConfusionMatrixFile"/>, which may come from anywhere, with errors that name the field.
/// </summary>
internal static class ConfusionMatrixJson
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads a matrix and its class names.</summary>
    /// <param name="file">The content of a file, with or without a byte order mark.</param>
    /// <exception cref="FormatException">It is no JSON of that form; the message is a sentence about what is wrong.</exception>
    public static (PixelConfusionMatrix Matrix, IReadOnlyList<string> ClassNames) Parse(byte[] file)
    {
        bool hasMark = file.AsSpan().StartsWith("\uFEFF"u8);
        try
        {
            using var document = JsonDocument.Parse(file.AsMemory(hasMark ? 3 : 0), _options);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is no JSON, cut off or damaged ({PrintableText.Of(error.Message)}).", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("a text in it has half a character (an unpaired surrogate).", error);
        }
    }

    private static (PixelConfusionMatrix Matrix, IReadOnlyList<string> ClassNames) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException($"it is {Describe(root)}, expected an object with classes, counts and unassigned.");
        string[] classes = Names(Items(Field(root, "classes"), "classes"));
        if (classes.Length is 0 or > PixelConfusionMatrix.MaxClasses)
        {
            throw new FormatException(
                $"'classes' has {Plural.Of(classes.Length, "name")}, expected 1 to {PixelConfusionMatrix.MaxClasses}.");
        }
        var matrix = new PixelConfusionMatrix(classes.Length);
        long left = PixelConfusionMatrix.MostPixels;
        void Add(int label, int prediction, JsonElement value, string place)
        {
            if (!(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count >= 0))
            {
                throw new FormatException(
                    $"'{place}' is {Describe(value)}, expected a whole number of pixels, not below 0 and in digits alone.");
            }
            if (count > left)
            {
                throw new FormatException(
                    $"the counts up to '{place}' add up to more than {PixelConfusionMatrix.MostPixels} pixels.");
            }
            left -= count;
            matrix.Add(label, prediction, count);
        }
        foreach ((int label, JsonElement value) in Items(Field(root, "unassigned"), "unassigned", classes.Length).Index())
            Add(label, -1, value, $"unassigned[{label}]");
        foreach ((int label, JsonElement row) in Items(Field(root, "counts"), "counts", classes.Length).Index())
        {
            foreach ((int prediction, JsonElement value) in Items(row, $"counts[{label}]", classes.Length).Index())
                Add(label, prediction, value, $"counts[{label}][{prediction}]");
        }
        return (matrix, classes);
    }

    private static string[] Names(JsonElement.ArrayEnumerator values)
    {
        var names = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int index, JsonElement value) in values.Index())
        {
            string name = value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new FormatException($"'classes[{index}]' is {Describe(value)}, expected a name.");
            if (!places.TryAdd(name, index))
            {
                throw new FormatException(
                    $"'classes[{index}]' is {Describe(value)}, as is 'classes[{places[name]}]': expected a name of its own for "
                    + "each class.");
            }
            names.Add(name);
        }
        return [.. names];
    }

    private static JsonElement Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"it lacks '{name}'.");

    private static JsonElement.ArrayEnumerator Items(JsonElement value, string place, int? length = null)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw new FormatException($"'{place}' is {Describe(value)}, expected an array.");
        if (length is { } expected && value.GetArrayLength() != expected)
        {
            throw new FormatException(
                $"'{place}' has the length {value.GetArrayLength()}, expected {expected}: counts are {expected} rows "
                + $"of {expected}, and unassigned as many, one for each class.");
        }
        return value.EnumerateArray();
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => PrintableText.Of(value.GetRawText(), longest: 60),
    };
}
