namespace MLSegmentation;

/// <summary>Every mask has a pixel that is not ignored.</summary>
internal static class IgnoredMaskCheck
{
    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning) => facts
        .Where(one => one.Mask is { } mask && mask.Pixels.Keys.All(value => value == meaning.Ignore))
        .Select(one => new DataFinding(FindingSeverity.Warning, "all-ignored", one.Sample.MaskPath, one.Sample.Part,
            $"has the ignored value {meaning.Ignore} in every pixel",
            "Nothing is learnt from it or measured on it. Label it, take it out, or leave out --ignore or --unlabelled "
            + "ignore."));
}
