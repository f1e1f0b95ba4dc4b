namespace MLSegmentation;

/// <summary>One figure of a cross-validation, such as the mean IoU.</summary>
/// <param name="Name">What it is: a name of <see cref="SegmentationMetrics"/> in words, or <c>IoU of</c> a class.</param>
/// <param name="Values">Its value in each fold, 0 to 1; null where a fold has none, such as no pixel of the class.</param>
public sealed record FoldFigure(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>The mean over the folds that have a value; null where none has.</summary>
    public double? Mean => Values.Average();

    /// <summary>
    /// The standard deviation over those folds, with n - 1 below; null for fewer than two. 0.5 and 0.7 have 0.1414.
    /// </summary>
    public double? Deviation
    {
        get
        {
            double[] known = [.. Values.OfType<double>()];
            if (known.Length < 2) return null;
            double mean = known.Average();
            return Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1));
        }
    }
}
