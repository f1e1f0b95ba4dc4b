namespace MLSegmentation;

/// <summary>The images are no masks, and the masks no photographs.</summary>
internal static class ExchangedCheck
{
    /// <summary>More values than this in each mask are shades, no classes.</summary>
    private const int MostValues = 64;

    /// <summary>The one thing to say where the folders are exchanged; null where they are not.</summary>
    public static DataFinding? Run(IReadOnlyList<SampleFacts> facts)
    {
        SampleFacts[] pairs = [.. facts.Where(one => one is { Image: not null, Sample.MaskPath: not null })];
        if (pairs.Length == 0 || !pairs.All(one => one.Image!.HasFewColours && IsNoMask(one))) return null;
        DataSample first = pairs[0].Sample;
        return new DataFinding(FindingSeverity.Error, "folders-exchanged", null, null,
            $"The images, such as '{first.ImagePath}', have few colours, as masks have, and the masks, such as "
            + $"'{first.MaskPath}', are no masks",
            "Exchange the folders of images and masks (--images, --masks).");
    }

    private static bool IsNoMask(SampleFacts one) =>
        one.MaskFault is { Kind: not MaskFaultKind.Damaged } || one.Mask is { } mask && mask.Pixels.Count > MostValues;
}
