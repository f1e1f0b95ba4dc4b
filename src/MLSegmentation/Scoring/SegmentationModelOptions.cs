namespace MLSegmentation;

/// <summary>Options of <see cref="SegmentationModel"/>; the defaults take everything from the model.</summary>
public sealed record SegmentationModelOptions : SegmentationOptions
{
    /// <summary>Whether the probability of each pixel's class is wanted beside the mask. Default false.</summary>
    public bool WithConfidence { get; init; }
}
