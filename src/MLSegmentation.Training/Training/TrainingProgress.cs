namespace MLSegmentation.Training;

/// <summary>Where a training stands, reported after every step and after every validation.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch at work, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of epochs that were asked for; null where a time budget ends the training.</summary>
    public required int? Epochs { get; init; }

    /// <summary>Steps taken since the training began, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The mean loss of the epoch so far.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean of <see cref="MetricName"/> over the epoch so far.</summary>
    public required double Metric { get; init; }

    /// <summary>What <see cref="Metric"/> is: <c>pixel accuracy</c> or <c>accuracy</c> (0 to 1), or <c>mean squared error</c> (on a scale of 0 to 1).</summary>
    public required string MetricName { get; init; }

    /// <summary>The same measure on the rows held back for validation (mean IoU for segmentation), after an epoch; null within one and without such rows.</summary>
    public double? ValidationMetric { get; init; }

    /// <summary>Training images a second, since the training began.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The part of the training that is done, 0 to 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>The time that the rest will take if it goes on like this.</summary>
    public required TimeSpan TimeLeft { get; init; }
}
