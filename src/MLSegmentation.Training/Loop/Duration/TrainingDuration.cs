using System.Diagnostics;

namespace MLSegmentation.Training;

/// <summary>How far a training has come: by epochs, or by a time budget that the schedule is fitted to.</summary>
internal sealed class TrainingDuration
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan? _budget;
    private TimeSpan _before, _reserved;

    private TrainingDuration(int? epochs, TimeSpan? budget) => (Epochs, _budget) = (epochs, budget);

    /// <summary>The number of epochs; null where the time decides.</summary>
    public int? Epochs { get; }

    /// <summary>The time that the training has taken, an interrupted part before this one included.</summary>
    public TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <summary>
    /// The duration that the options ask for, counted from now on; the number of epochs is given, or was planned.
    /// </summary>
    public static TrainingDuration Of(TrainerOptions options) =>
        options.TimeBudget is { } budget ? OfTime(budget) : OfEpochs(options.Epochs!.Value);

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

    /// <summary>Such as <c>50 epochs</c> or <c>00:09:00</c>.</summary>
    public override string ToString() => _budget is { } budget ? $"{budget:c}" : $"{Epochs} epochs";

    /// <summary>
    /// Keeps a part of the budget for what follows the last step: the most that was asked for, and half of it at most. Nothing
    /// where epochs are counted.
    /// </summary>
    /// <returns>What is kept now.</returns>
    public TimeSpan Reserve(TimeSpan time)
    {
        if (_budget is { } budget && time > _reserved) _reserved = time < budget / 2 ? time : budget / 2;
        return _reserved;
    }

    /// <summary>Counts the time that an interrupted part of the training took.</summary>
    public void Resume(TimeSpan before) => _before = before;

    /// <summary>The part that is done, 0 to 1, when so many batches of an epoch are (epochs count from 0).</summary>
    public double Fraction(int epoch, int batch, int batchesPerEpoch) => Fraction(Elapsed, epoch, batch, batchesPerEpoch);

    /// <summary>The same when the training had taken so long.</summary>
    public double Fraction(TimeSpan elapsed, int epoch, int batch, int batchesPerEpoch) => _budget is { } budget
        ? Math.Min(elapsed / (budget - _reserved), 1)
        : Math.Min((epoch + (double)batch / batchesPerEpoch) / Epochs!.Value, 1);

    /// <summary>
    /// The time that is left of the budget, or that the rest will take when a part of the training took so long; null where no
    /// part was done yet.
    /// </summary>
    /// <param name="fraction">The part that is done.</param>
    /// <param name="part">The part that was done in the time measured.</param>
    /// <param name="stepping">The time measured.</param>
    public TimeSpan? TimeLeft(double fraction, double part, TimeSpan stepping)
    {
        if (_budget is { } budget) return budget > Elapsed ? budget - Elapsed : TimeSpan.Zero;
        return part > 0 ? stepping * ((1 - fraction) / part) : null;
    }
}
