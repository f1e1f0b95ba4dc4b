using System.Globalization;

namespace MLSegmentation;

/// <summary>Preparations as text: a preset's name, or its numbers.</summary>
internal static class PreparationText
{
    private const string Form = "scale=1/255,mean=0.485,0.456,0.406,deviation=0.229,0.224,0.225,order=rgb";

    /// <summary>The presets by their names.</summary>
    public static IReadOnlyDictionary<string, ImagePreparation> Presets { get; } = new Dictionary<string, ImagePreparation>
    {
        ["as-is"] = ImagePreparation.AsIs,
        ["zero-to-one"] = ImagePreparation.ZeroToOne,
        ["minus-one-to-one"] = ImagePreparation.MinusOneToOne,
        ["imagenet-rgb"] = ImagePreparation.ImageNetRgb,
        ["imagenet-bgr"] = ImagePreparation.ImageNetBgr,
        ["caffe-bgr"] = ImagePreparation.CaffeBgr,
    };

    /// <summary>The preset's name, or the numbers that are not defaults.</summary>
    public static string Of(ImagePreparation preparation)
    {
        if (Presets.FirstOrDefault(preset => preset.Value == preparation).Key is { } name) return name;
        var parts = new List<string> { FormattableString.Invariant($"scale={preparation.Scale:R}") };
        if (!preparation.Mean.SequenceEqual([0])) parts.Add($"mean={Join(preparation.Mean)}");
        if (!preparation.Deviation.SequenceEqual([1])) parts.Add($"deviation={Join(preparation.Deviation)}");
        if (preparation.ColourOrder == ColourOrder.Bgr) parts.Add("order=bgr");
        return string.Join(',', parts);
    }

    /// <exception cref="FormatException">It is neither a preset nor numbers.</exception>
    public static ImagePreparation Parse(string text)
    {
        if (Presets.TryGetValue(text.Trim().ToLowerInvariant(), out ImagePreparation? preset)) return preset;
        var preparation = new ImagePreparation();
        var seen = new HashSet<string>();
        try
        {
            foreach ((string key, string[] values) in Split(text))
            {
                if (!seen.Add(key)) throw new FormatException($"{key} is given twice");
                preparation = (key, values) switch
                {
                    ("scale", [var scale]) => preparation with { Scale = ParseNumber(scale) },
                    ("mean", _) => preparation with { Mean = [.. values.Select(ParseNumber)] },
                    ("deviation", _) => preparation with { Deviation = [.. values.Select(ParseNumber)] },
                    ("order", ["rgb"]) => preparation with { ColourOrder = ColourOrder.Rgb },
                    ("order", ["bgr"]) => preparation with { ColourOrder = ColourOrder.Bgr },
                    _ => throw new FormatException($"'{key}={string.Join(',', values)}' is unknown"),
                };
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new FormatException(
                $"'{PrintableText.Of(text)}' is no preparation, expected one of {string.Join(", ", Presets.Keys)}, or numbers "
                + $"such as {Form}: {error.Message.Split(" (Parameter")[0].TrimEnd('.')}.", error);
        }
        return preparation;
    }

    // A comma parts both the numbers of a key and the keys: what has no = belongs to the key before.
    private static IEnumerable<(string Key, string[] Values)> Split(string text)
    {
        string key = "";
        var values = new List<string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                if (key.Length > 0) yield return (key, [.. values]);
                key = part[..equals].Trim().ToLowerInvariant();
                values.Clear();
            }
            else if (key.Length == 0)
            {
                throw new FormatException("there is no such preset");
            }
            values.Add(part[(equals + 1)..].Trim().ToLowerInvariant());
        }
        yield return (key, [.. values]);
    }

    private static double ParseNumber(string text)
    {
        string[] parts = text.Split('/');
        double[] numbers = [.. parts.Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new FormatException($"'{PrintableText.Of(text)}' is no number"))];
        return numbers.Length switch
        {
            1 => numbers[0],
            2 => numbers[0] / numbers[1],
            _ => throw new FormatException($"'{PrintableText.Of(text)}' is no number"),
        };
    }

    private static string Join(IReadOnlyList<double> numbers) =>
        string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
