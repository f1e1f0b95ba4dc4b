namespace MLSegmentation;

/// <summary>Every value or colour in a mask is a class or is ignored.</summary>
internal static class LabelValueCheck
{
    private const int NamedValues = 5;

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        foreach (SampleFacts one in facts)
        {
            if (one.MaskFault is { Kind: MaskFaultKind.UnknownColour, Message: var colour })
            {
                yield return new DataFinding(
                    FindingSeverity.Error, "colour-outside-classes", one.Sample.MaskPath, one.Sample.Part,
                    $"has a colour of no class: {colour}",
                    "Give the colour a class in the file of classes (--classes), or correct the mask.");
            }
            if (one.Mask is not { Pixels: var pixels } || !pixels.Keys.Any(meaning.IsOutside)) continue;
            if (pixels.Keys.All(value => value is 0 or byte.MaxValue))
            {
                yield return new DataFinding(FindingSeverity.Error, "mask-0-255", one.Sample.MaskPath, one.Sample.Part,
                    $"has {(pixels.Count == 2 ? "the values 0 and 255" : "only the value 255")}, expected class numbers: 0, "
                    + "1 and so on",
                    WhiteFix(meaning));
                continue;
            }
            yield return new DataFinding(FindingSeverity.Error, "value-outside-classes", one.Sample.MaskPath, one.Sample.Part,
                $"has {Describe([.. pixels.Where(value => meaning.IsOutside(value.Key)).OrderBy(value => value.Key)])}",
                $"Expected are {meaning.Expected}. Name the class of the value too (--classes), or ignore it (--ignore) if it "
                + "belongs to none.");
        }
    }

    private static string Describe(KeyValuePair<int, long>[] outside) =>
        $"the value{(outside.Length == 1 ? "" : "s")} "
        + $"{string.Join(", ", outside.Take(NamedValues).Select(one => $"{one.Key} ({one.Value} pixels)"))}"
        + (outside.Length > NamedValues ? $" and {outside.Length - NamedValues} more" : "");

    private static string WhiteFix(LabelMeaning meaning) =>
        (meaning.ClassNames.Count == 2
            ? "If 255 is in these masks what 1 is in others, give --mask-threshold 1, which makes every value above 0 one class. "
            : "If 255 is a class, give it a line such as '255 object' in the file of classes (--classes). ")
        + "If 255 marks what belongs to no class, give --ignore 255.";
}
