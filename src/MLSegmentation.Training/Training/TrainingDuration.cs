using System.Diagnostics;

namespace MLSegmentation.Training;

/// <summary>How far a training has come: by epochs, or by a time budget that the schedule is fitted to.</summary>
internal sealed class TrainingDuration
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan? _budget;

    private TrainingDuration(int? epochs, TimeSpan? budget) => (Epochs, _budget) = (epochs, budget);

    /// <summary>The number of epochs; null where the time decides.</summary>
    public int? Epochs { get; }

    /// <summary>The time since the training was asked for.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>A training of so many epochs.</summary>
    public static TrainingDuration OfEpochs(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        return new TrainingDuration(epochs, null);
    }

    /// <summary>A training that ends when the time, counted from now on, is over.</summary>
    public static TrainingDuration OfTime(TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero);
        return new TrainingDuration(null, budget);
    }

    /// <summary>The part that is done, 0 to 1, when so many steps of an epoch are (epochs count from 0).</summary>
    public double Fraction(int epoch, int step, int stepsPerEpoch) => _budget is { } budget
        ? Math.Min(Elapsed / budget, 1)
        : Math.Min((epoch + (double)step / stepsPerEpoch) / Epochs!.Value, 1);
}
