namespace MLSegmentation;

/// <summary>Every file can be read to its end.</summary>
internal static class ReadableCheck
{
    private const string Fix = "Copy the file again from where it came, or take the image and its mask out.";

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (SampleFacts one in facts)
        {
            if (one.ImageFault is { } image)
            {
                yield return new DataFinding(FindingSeverity.Error, "damaged-image", one.Sample.ImagePath, one.Sample.Part,
                    $"cannot be read: {image}", Fix);
            }
            if (one.MaskFault is { Kind: MaskFaultKind.Damaged, Message: var mask })
            {
                yield return new DataFinding(
                    FindingSeverity.Error, "damaged-mask", one.Sample.MaskPath, one.Sample.Part, $"cannot be read: {mask}", Fix);
            }
        }
    }
}
