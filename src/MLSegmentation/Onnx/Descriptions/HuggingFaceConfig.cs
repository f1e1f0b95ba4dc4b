using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>What a <c>config.json</c> of transformers says about a network.</summary>
/// <param name="ClassNames">A name for each class; empty where they are only numbered.</param>
/// <param name="IgnoreLabel">The value of masks that training left out; null where it is not said.</param>
/// <param name="OtherTask">What the network does instead of segmenting; null where it may segment.</param>
internal sealed partial record HuggingFaceConfig(IReadOnlyList<string> ClassNames, int? IgnoreLabel, string? OtherTask)
{
    private const string NamesField = "id2label", KindField = "architectures";

    /// <summary>Reads the file; null where it is of no network of transformers.</summary>
    /// <exception cref="InvalidDataException">A field of it has a wrong value.</exception>
    public static HuggingFaceConfig? Read(JsonFile file)
    {
        if (file.Find(KindField) is null && file.Find(NamesField) is null && file.Find("model_type") is null) return null;
        return new HuggingFaceConfig(
            ReadNames(file), file.Integer("semantic_loss_ignore_index", int.MinValue, ushort.MaxValue) is >= 0 and int ignore
                ? ignore
                : null,
            ReadOtherTask(file));
    }

    private static string[] ReadNames(JsonFile file)
    {
        if (file.Find(NamesField) is not { } map) return [];
        if (map.ValueKind != JsonValueKind.Object) throw file.Wrong(NamesField, map, "an object of class numbers and names");
        var names = new SortedDictionary<int, string>();
        foreach (JsonProperty entry in map.EnumerateObject())
            names[NumberOf(file, map, entry)] = file.TextOf(NamesField, entry.Value);
        if (names.Count > 0 && names.Keys.Last() != names.Count - 1)
            throw file.Wrong(NamesField, map, $"a name for each class from 0 to {names.Keys.Last()}");

        // One label is what a network of one channel has, whose classes are two. LABEL_0 is how transformers fills in names.
        return names.Count == 1 || names.All(entry => FilledIn().IsMatch(entry.Value)) ? [] : [.. names.Values];
    }

    private static int NumberOf(JsonFile file, JsonElement map, JsonProperty entry) =>
        int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw file.Wrong(NamesField, map, "class numbers before the names");

    private static string? ReadOtherTask(JsonFile file)
    {
        if (file.Find(KindField) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array) throw file.Wrong(KindField, list, "a list of names");
        foreach (string name in list.EnumerateArray().Select(one => file.TextOf(KindField, one)))
        {
            if (HuggingFaceArchitecture.IsOfSegmentation(name)) return null;
            if (HuggingFaceArchitecture.FindTask(name) is { } task) return $"{PrintableText.Of(name, longest: 60)}, {task}";
        }
        return null;
    }

    [GeneratedRegex("^LABEL_[0-9]+$")]
    private static partial Regex FilledIn();
}
