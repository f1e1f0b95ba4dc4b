using System.Text.Json;
using System.Text.Unicode;

namespace MLSegmentation;

/// <summary>
/// A JSON file as Python writes it and people change it: a byte order mark, comments, commas at the end and numbers such as NaN
/// are no fault. Errors name the file and the field.
/// </summary>
internal sealed class JsonFile
{
    private const int LongestFile = 16 << 20, Deepest = 64;
    private readonly string _path;
    private readonly JsonElement _root;

    private JsonFile(string path, JsonElement root) => (_path, _root) = (path, root);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is too long, or no JSON object.</exception>
    public static JsonFile Read(string path)
    {
        const string Remedy = "Mend it, or move it elsewhere if it does not describe the model.";
        long length = new FileInfo(path).Length;
        if (length > LongestFile)
        {
            throw new InvalidDataException(
                $"The file '{path}' beside the model has {length} bytes, expected at most {LongestFile}. {Remedy}");
        }
        try
        {
            // The parser looks at the characters of texts only when they are asked for.
            byte[] text = File.ReadAllBytes(path);
            if (!Utf8.IsValid(text)) throw new JsonException("its text is not UTF-8.");
            using JsonDocument document = JsonDocument.Parse(
                PythonJson.ToJson(text), new JsonDocumentOptions
                {
                    AllowTrailingCommas = true,
                    CommentHandling = JsonCommentHandling.Skip,
                    MaxDepth = Deepest,
                });
            CheckNames(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonFile(path, document.RootElement.Clone())
                : throw new JsonException($"it is {document.RootElement.ValueKind}, expected an object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"The file '{path}' beside the model cannot be read as JSON: {PrintableText.Of(error.Message)} {Remedy}", error);
        }
    }

    /// <summary>The names of the fields that are neither null nor false, in the file's order.</summary>
    public IEnumerable<string> FieldsSet => _root.EnumerateObject()
        .Where(one => one.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
        .Select(one => one.Name);

    /// <summary>The value of a field; null where there is none, or it is null.</summary>
    public JsonElement? Find(string field) =>
        _root.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A field that is true or false; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public bool? Flag(string field) => Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(field, other, "true or false"),
    };

    /// <summary>A text; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is no text.</exception>
    public string? Text(string field) => Find(field) is { } value ? TextOf(field, value) : null;

    /// <summary>A whole number within a range; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public int? Integer(string field, int least, int most) =>
        Find(field) is { } value ? IntegerOf(field, value, least, most) : null;

    /// <summary>One number, or those of a list; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public double[]? Numbers(string field)
    {
        double NumberOf(JsonElement value) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
                ? number
                : throw Wrong(field, value, "a number, or a list of numbers");
        return Find(field) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(NumberOf)],
            { } one => [NumberOf(one)],
        };
    }

    /// <summary>The text that a value of a field is.</summary>
    /// <exception cref="InvalidDataException">It is no text.</exception>
    public string TextOf(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) throw Wrong(field, value, "a text");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"{NameOf(field)} has half a character in a text.", error);
        }
    }

    /// <summary>The whole number within a range that a value of a field is.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public int IntegerOf(string field, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(field, value, $"a whole number from {least} to {most}");

    /// <summary>The error of a field with another value than expected.</summary>
    public InvalidDataException Wrong(string field, JsonElement value, string expected) =>
        new($"{NameOf(field)} is {PrintableText.Of(value.GetRawText(), longest: 60)}, expected {expected}. Mend it, or move the "
            + "file elsewhere and give options.");

    // The parser looks at the characters of names only when one is asked for.
    private static void CheckNames(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in value.EnumerateArray()) CheckNames(one);
        }
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (JsonProperty field in value.EnumerateObject())
        {
            try
            {
                _ = field.Name;
            }
            catch (InvalidOperationException error)
            {
                throw new JsonException("the name of a field has half a character.", error);
            }
            CheckNames(field.Value);
        }
    }

    private string NameOf(string field) => $"The field '{field}' of the file '{_path}' beside the model";
}
