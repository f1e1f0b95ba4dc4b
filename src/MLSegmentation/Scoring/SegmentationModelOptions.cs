namespace MLSegmentation;

/// <summary>Options of <see cref="SegmentationModel"/>; the defaults take everything from the model.</summary>
public sealed record SegmentationModelOptions : SegmentationOptions
{
    /// <summary>The options with their defaults.</summary>
    public SegmentationModelOptions()
    {
    }

    /// <summary>The options that another record has of all that it has.</summary>
    internal SegmentationModelOptions(SegmentationOptions options)
        : base(options)
    {
    }

    /// <summary>Whether the probability of each pixel's class is wanted beside the mask. Default false.</summary>
    public bool WithConfidence { get; init; }
}
