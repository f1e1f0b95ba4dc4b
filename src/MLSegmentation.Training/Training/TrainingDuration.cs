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
        ? Math.Min(_clock.Elapsed / budget, 1)
        : Math.Min((epoch + (double)step / stepsPerEpoch) / Epochs!.Value, 1);

    /// <summary>The time that is left of the budget, or that the other epochs will take when a part of them took so long.</summary>
    public TimeSpan TimeLeft(double fraction, TimeSpan stepping)
    {
        if (_budget is { } budget) return budget > _clock.Elapsed ? budget - _clock.Elapsed : TimeSpan.Zero;
        return stepping * ((1 - fraction) / fraction);
    }
}
