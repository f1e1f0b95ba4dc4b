using System.Text.Json;

namespace MLSegmentation.Cli;

/// <summary>What differs between two ways of making masks, as the first lines of two manifests tell them, in the options of the tool.</summary>
internal static class ManifestDifference
{
    private const string NotGiven = "not given";

    private static readonly (string Option, string[] Place)[] _options =
    [
        ("--sizing", ["Scoring", "Sizing"]),
        ("--mask-size", ["Scoring", "MaskSize"]),
        ("--threshold", ["Scoring", "Threshold"]),
        ("--mirror", ["Scoring", "TestTimeAugmentation", "HorizontalFlip"]),
        ("--scales", ["Scoring", "TestTimeAugmentation", "Scales"]),
        ("--background", ["Postprocessing", "Background"]),
        ("--min-region", ["Postprocessing", "MinRegionPixels"]),
        ("--max-hole", ["Postprocessing", "MaxHolePixels"]),
        ("--open", ["Postprocessing", "OpeningRadius"]),
        ("--close", ["Postprocessing", "ClosingRadius"]),
        ("--connectivity", ["Postprocessing", "Connectivity"]),
    ];

    /// <summary>Such as <c>--threshold was 0.5, is 0.7; --model was another file</c>.</summary>
    /// <param name="found">The first line of the manifest that is there.</param>
    /// <param name="expected">The first line that the request would write.</param>
    public static string Describe(string found, string expected)
    {
        try
        {
            using JsonDocument before = JsonDocument.Parse(found), now = JsonDocument.Parse(expected);
            string[] differences = [.. Differences(before.RootElement, now.RootElement)];
            return differences.Length > 0 ? string.Join("; ", differences) : "by another version of this tool, or with other classes";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "its first line is none that this tool writes";
        }
    }

    private static IEnumerable<string> Differences(JsonElement before, JsonElement now)
    {
        if (Text(before, "Model") != Text(now, "Model")) yield return "--model was another file";
        foreach (var (option, place) in _options)
        {
            string was = Text(before, place), @is = Text(now, place);
            if (was != @is) yield return $"{option} was {was}, is {@is}";
        }
        string sizeBefore = Size(before), sizeNow = Size(now);
        if (sizeBefore != sizeNow) yield return $"--size was {sizeBefore}, is {sizeNow}";
        string rangeBefore = Range(before), rangeNow = Range(now);
        if (rangeBefore != rangeNow) yield return $"--range was {rangeBefore}, is {rangeNow}";
    }

    private static string Range(JsonElement head) =>
        Text(head, "Scoring", "SampleRange", "Low") is var low && low == NotGiven ? NotGiven : $"{low}..{Text(head, "Scoring", "SampleRange", "High")}";

    private static string Size(JsonElement head) =>
        Text(head, "Scoring", "ImageWidth") is var width && width == NotGiven ? NotGiven : $"{width}x{Text(head, "Scoring", "ImageHeight")}";

    private static string Text(JsonElement head, params string[] place)
    {
        foreach (string name in place)
        {
            if (head.ValueKind == JsonValueKind.Null || !head.TryGetProperty(name, out head)) return NotGiven;
        }
        return head.ValueKind switch
        {
            JsonValueKind.Null => NotGiven,
            JsonValueKind.String => PrintableText.Of(head.GetString()!.ToLowerInvariant()),
            JsonValueKind.Array => string.Join(',', head.EnumerateArray().Select(item => item.GetRawText())),
            _ => PrintableText.Of(head.GetRawText()),
        };
    }
}
