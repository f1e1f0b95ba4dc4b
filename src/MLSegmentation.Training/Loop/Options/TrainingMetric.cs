namespace MLSegmentation.Training;

/// <summary>A measure that people read.</summary>
/// <param name="Name">Such as <c>mean IoU</c>.</param>
/// <param name="IsHigherBetter">Whether more of it is better.</param>
internal sealed record TrainingMetric(string Name, bool IsHigherBetter)
{
    /// <summary>The part of the images that are right.</summary>
    public static TrainingMetric Accuracy { get; } = new("accuracy", true);

    /// <summary>The part of the labelled pixels that are right.</summary>
    public static TrainingMetric PixelAccuracy { get; } = new("pixel accuracy", true);

    /// <summary>Intersection over union, averaged over the classes.</summary>
    public static TrainingMetric MeanIoU { get; } = new("mean IoU", true);

    /// <summary>The mean squared error on a scale of 0 to 1.</summary>
    public static TrainingMetric MeanSquaredError { get; } = new("mean squared error", false);

    /// <summary>The mean of the errors that a network over features gives.</summary>
    public static TrainingMetric FeatureError { get; } = new("feature error", false);

    /// <summary>Whether a value is better than the best one so far.</summary>
    public bool IsBetter(double value, double? best) =>
        best is not double other || (IsHigherBetter ? value > other : value < other);
}
