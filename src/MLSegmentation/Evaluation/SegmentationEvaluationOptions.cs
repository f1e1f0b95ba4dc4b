namespace MLSegmentation;

/// <summary>
/// What <c>mlContext.Segmentation.Evaluate</c> measures beside what follows from the confusion matrix; by default nothing.
/// </summary>
public sealed record SegmentationEvaluationOptions
{
    /// <summary>
    /// Whether to measure <see cref="SegmentationMetrics.BoundaryIoU"/> and <see cref="SegmentationMetrics.BoundaryF1"/>. They
    /// need each mask's width: from the dimensions of the label column where it has any, else from <see cref="ImageColumnName"/>.
    /// Default false.
    /// </summary>
    public bool Boundaries { get; init; }

    /// <summary>
    /// How far a boundary reaches into its class for the Boundary IoU, as a fraction of the image's diagonal, above 0 and at most
    /// 1. Default 0.02.
    /// </summary>
    public double BoundaryWidth { get; init; } = BoundaryIoU.DefaultWidth;

    /// <summary>
    /// The distance between contours that still is near for the boundary F1, as a fraction of the image's diagonal, above 0 and
    /// at most 1. Default 0.0075.
    /// </summary>
    public double BoundaryTolerance { get; init; } = BoundaryF1.DefaultTolerance;

    /// <summary>
    /// With <see cref="Boundaries"/>: the image column that the masks belong to, read for its size. Default <c>Image</c>.
    /// </summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>
    /// The column with the probability of each pixel's best class, as <see cref="SegmentImageOptions.ConfidenceColumnName"/>
    /// makes it, to measure <see cref="SegmentationMetrics.ExpectedCalibrationError"/>. Default null: it is not measured.
    /// </summary>
    public string? ConfidenceColumnName { get; init; }

    /// <summary>
    /// How often to draw images for <see cref="SegmentationMetrics.MeanIoUInterval"/>, at least 0; 1000 is usual. Default 0:
    /// there is no interval.
    /// </summary>
    public int BootstrapResamples { get; init; }

    /// <summary>What the draws follow from. Default 1.</summary>
    public int BootstrapSeed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal void Validate()
    {
        if (BootstrapResamples < 0)
            throw new ArgumentOutOfRangeException("options", BootstrapResamples, "Expected at least 0 BootstrapResamples.");
        LabelledMasks.CheckFraction(BoundaryWidth, "options");
        LabelledMasks.CheckFraction(BoundaryTolerance, "options");
    }
}
