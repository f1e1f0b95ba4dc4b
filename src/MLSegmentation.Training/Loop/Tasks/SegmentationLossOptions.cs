namespace MLSegmentation.Training;

/// <summary>
/// What a segmentation network minimises: a weighted sum of cross-entropy, Dice and focal loss. Ignored pixels count in none of
/// them.
/// </summary>
public sealed record SegmentationLossOptions
{
    /// <summary>The factor of the cross-entropy, at least 0. Default 1.</summary>
    public double CrossEntropy { get; init; } = 1;

    /// <summary>The factor of the soft Dice loss (Drozdzal et al. 2016, section 2), at least 0. Default 1.</summary>
    public double Dice { get; init; } = 1;

    /// <summary>The factor of the focal loss (Lin et al. 2017, equation 4), at least 0. Default 0.</summary>
    public double Focal { get; init; }

    /// <summary>The power by which the focal loss lowers the part of pixels that are known well, at least 0. Default 2.</summary>
    public double FocalGamma { get; init; } = 2;

    /// <summary>
    /// The part of a pixel's label that is spread over all classes in the cross-entropy (Szegedy et al. 2016, section 7), 0 to
    /// below 1. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// How the classes are weighted in cross-entropy and focal loss. Default <see cref="ClassWeighting.None"/>. Unused with
    /// <see cref="ClassWeights"/>.
    /// </summary>
    public ClassWeighting ClassWeighting { get; init; }

    /// <summary>A weight for each class, at least 0, instead of <see cref="ClassWeighting"/>. Default null.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    internal void Validate()
    {
        bool IsFactor(double value) => value >= 0 && double.IsFinite(value);
        if (!IsFactor(CrossEntropy) || !IsFactor(Dice) || !IsFactor(Focal) || CrossEntropy + Dice + Focal == 0)
        {
            throw new ArgumentException(
                $"The loss is {CrossEntropy} cross-entropy + {Dice} Dice + {Focal} focal; give factors of at least 0, and one "
                + "above it.", nameof(CrossEntropy));
        }
        if (!IsFactor(FocalGamma))
            throw new ArgumentOutOfRangeException(nameof(FocalGamma), FocalGamma, "Give a power of at least 0.");
        if (LabelSmoothing is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(LabelSmoothing), LabelSmoothing, "Give a part, 0 to below 1.");
    }
}
