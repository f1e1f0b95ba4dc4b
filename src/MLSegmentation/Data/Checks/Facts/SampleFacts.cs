namespace MLSegmentation;

/// <summary>
/// What the checks know of an image and its mask: a few hundred bytes, so that files are read once and one after the other,
/// however many there are.
/// </summary>
internal sealed record SampleFacts(DataSample Sample)
{
    /// <summary>Null where there is no image, or it cannot be decoded.</summary>
    public ImageFacts? Image { get; init; }

    /// <summary>Why the image cannot be decoded.</summary>
    public string? ImageFault { get; init; }

    /// <summary>Null where there is no mask, or it has no label values.</summary>
    public MaskFacts? Mask { get; init; }

    /// <summary>Why the mask has no label values.</summary>
    public MaskFault? MaskFault { get; init; }
}
