namespace MLSegmentation;

/// <summary>Palettes number their colours as the classes are numbered.</summary>
internal static class PaletteOrderCheck
{
    private const string Fix = "Nothing has to be done: training and evaluation read it so too.";

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (meaning.Options is { Palette: null, Threshold: null } && FindDifference(facts) is { } difference)
            yield return difference;
        foreach (SampleFacts one in facts)
        {
            if (one.Mask is not { Contradicts: true } mask) continue;
            bool isColoured = mask.Basis == LabelBasis.Colours;
            yield return new DataFinding(FindingSeverity.Warning, "palette-order", one.Sample.MaskPath, one.Sample.Part,
                isColoured
                    ? "has a palette that numbers the colours otherwise than the classes are numbered, so it is read by "
                        + "its colours"
                    : "has a palette that numbers gray values anew, so it is read by its gray values",
                isColoured ? $"{Fix} If its indices are right, leave the colours out of the file of classes (--classes)." : Fix);
        }
    }

    /// <summary>
    /// Where nobody says which colour is which class: two masks of which one numbers a colour otherwise than the other.
    /// </summary>
    private static DataFinding? FindDifference(IReadOnlyList<SampleFacts> facts)
    {
        var firsts = new Dictionary<Rgb, (int Index, string? Mask)>();
        foreach (SampleFacts one in facts)
        {
            if (one.Mask is not { } mask) continue;
            foreach (IGrouping<Rgb, int> colour in mask.Palette.GroupBy(entry => entry.Value, entry => entry.Key))
            {
                // A palette may have a colour twice, as unused entries are black.
                if (colour.Count() > 1 || firsts.TryAdd(colour.Key, (colour.Single(), one.Sample.MaskPath))) continue;
                var (index, first) = firsts[colour.Key];
                if (index == colour.Single()) continue;
                return new DataFinding(FindingSeverity.Error, "palettes-differ", one.Sample.MaskPath, one.Sample.Part,
                    $"has the number {colour.Single()} for the colour {colour.Key}, '{first}' has {index}: a number means "
                    + "another class in each",
                    $"Give the classes their colours in the file of classes (--classes), a line such as '{index} "
                    + $"NAME {colour.Key}': masks are read by colours then.");
            }
        }
        return null;
    }
}
