namespace MLSegmentation.Training;

/// <summary>Where a training stands, reported after every step and after every validation.</summary>
public sealed record TrainingProgress
{
    /// <summary>What a report says of a training that has measured nothing.</summary>
    internal static TrainingProgress Unmeasured { get; } = new()
    {
        Epoch = 1,
        Epochs = null,
        Step = 0,
        Loss = double.NaN,
        Metric = double.NaN,
        MetricName = "",
        ValidationMetricName = "",
        ImagesPerSecond = 0,
        Fraction = 0,
        TimeLeft = null,
    };

    /// <summary>The epoch at work, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of epochs that were asked for; null where a time budget ends the training.</summary>
    public required int? Epochs { get; init; }

    /// <summary>Steps taken since the training began, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>
    /// The mean loss of the epoch so far. On a GPU that is all steps but the last, which is reported with the next one, or at the
    /// epoch's end.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>The mean of <see cref="MetricName"/> over the epoch so far.</summary>
    public required double Metric { get; init; }

    /// <summary>
    /// What <see cref="Metric"/> is: <c>pixel accuracy</c> or <c>accuracy</c> (0 to 1), or <c>mean squared error</c> (on a scale
    /// of 0 to 1).
    /// </summary>
    public required string MetricName { get; init; }

    /// <summary>
    /// The mean of <see cref="ValidationMetricName"/> over the validation rows, after an epoch; null within one and without such
    /// rows.
    /// </summary>
    public double? ValidationMetric { get; init; }

    /// <summary>
    /// What <see cref="ValidationMetric"/> is: <c>mean IoU</c> (0 to 1), <c>accuracy</c> (0 to 1) or <c>mean squared error</c>.
    /// </summary>
    public required string ValidationMetricName { get; init; }

    /// <summary>Whether <see cref="ValidationMetric"/> is the best so far.</summary>
    public bool IsBestValidation { get; init; }

    /// <summary>Whether the training ends here because validations got no better.</summary>
    public bool IsStoppingEarly { get; init; }

    /// <summary>The learning rate of the last step; null in the report of a validation.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Whether features of a frozen encoder are computed once and then read.</summary>
    public bool HasCachedFeatures { get; init; }

    /// <summary>
    /// What is worth knowing and does not stop the training. It is a checkpoint that could not be written, or options other than
    /// those of the checkpoint it goes on from. Null for nothing.
    /// </summary>
    public string? Warning { get; init; }

    /// <summary>
    /// What the model lacks at the end of a training: classes that it gives to hardly any pixel, though the labels have them.
    /// Null where nothing is known to be wrong.
    /// </summary>
    public string? Collapse { get; init; }

    /// <summary>What was planned, in one report before the first step of a training with a plan; else null.</summary>
    public TrainingPlan? Plan { get; init; }

    /// <summary>
    /// What was decided, and why: which weights are kept, and how the model is scored by default. Null for nothing.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>Training images a second, since the training began.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The part of the training that is done, 0 to 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>The time that the rest will take if it goes on like this; null where nothing tells yet.</summary>
    public required TimeSpan? TimeLeft { get; init; }
}
