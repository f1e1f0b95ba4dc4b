namespace MLSegmentation.Training;

/// <summary>How far a training has come, between two steps.</summary>
internal sealed record TrainingPosition
{
    /// <summary>The epoch at work, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public int Batch { get; init; }

    /// <summary>Steps of the optimiser since the training began.</summary>
    public int Step { get; init; }

    /// <summary>The mean loss of the epoch so far.</summary>
    public RunningMean Loss { get; init; }

    /// <summary>The mean measure of the epoch so far.</summary>
    public RunningMean Metric { get; init; }

    /// <summary>The best validation so far.</summary>
    public double? BestValidation { get; init; }

    /// <summary>Validations since the best one.</summary>
    public int ValidationsSinceBest { get; init; }

    /// <summary>Whether the weights were validated as they are.</summary>
    public bool IsValidated { get; init; }

    /// <summary>Whether the best validation is of the weights themselves where their average was validated too.</summary>
    public bool IsBestLive { get; init; }

    /// <summary>The time of the budget that is kept for what follows the last step.</summary>
    public TimeSpan Reserved { get; init; }

    /// <summary>After a step of so many batches.</summary>
    public TrainingPosition Next(int batches) =>
        this with { Batch = Batch + batches, Step = Step + 1, IsValidated = false };

    /// <summary>With the loss and the measure of a step, which may come later than the step.</summary>
    public TrainingPosition Measured(RunningMean loss, RunningMean metric) =>
        this with { Loss = Loss + loss, Metric = Metric + metric };

    /// <summary>The start of the epoch after this one.</summary>
    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0, Loss = default, Metric = default };

    /// <summary>After a validation; of no value where there is nothing to validate with.</summary>
    public TrainingPosition Validated(double? value, bool isBest) => value is null ? this with { IsValidated = true } : this with
    {
        BestValidation = isBest ? value : BestValidation,
        ValidationsSinceBest = isBest ? 0 : ValidationsSinceBest + 1,
        IsValidated = true,
    };
}
