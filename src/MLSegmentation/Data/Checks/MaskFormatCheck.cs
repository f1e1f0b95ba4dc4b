namespace MLSegmentation;

/// <summary>Masks are files that can hold label values.</summary>
internal static class MaskFormatCheck
{
    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (SampleFacts one in facts)
        {
            if (one.MaskFault is { Kind: MaskFaultKind.OtherFormat, Message: var format })
            {
                yield return new DataFinding(FindingSeverity.Error, "mask-not-png", one.Sample.MaskPath, one.Sample.Part, format,
                    "Export the masks as PNG from where they were drawn: JPEG and the like change label values.");
            }
            else if (one is { MaskFault: null, Mask: not null } && !MaskPairing.IsMask(one.Sample.MaskPath!))
            {
                yield return new DataFinding(FindingSeverity.Error, "mask-not-png", one.Sample.MaskPath, one.Sample.Part,
                    "holds labels under another extension",
                    $"Rename it by its format: masks are looked for as {string.Join(", ", MaskPairing.Extensions)}.");
            }
            if (one.MaskFault is { Kind: MaskFaultKind.Colour, Message: var colour })
            {
                yield return new DataFinding(FindingSeverity.Error, "colour-mask", one.Sample.MaskPath, one.Sample.Part, colour,
                    "Give the colour of each class in the file of classes (--classes), or write the masks anew with class "
                    + "numbers as gray values.");
            }
        }
    }
}
