using System.Globalization;
using System.Text.Json;

namespace MLSegmentation.Training;

/// <summary>What a checkpoint says of the training that it is of, beside the weights.</summary>
internal sealed class ResumedTraining
{
    private readonly TrainingRecord _record;
    private readonly TrainingDuration _duration;
    private readonly int _batchesPerEpoch;

    private ResumedTraining(TrainingRecord record, int batchesPerEpoch) =>
        (_record, _duration, _batchesPerEpoch) = (record, record.Duration, batchesPerEpoch);

    /// <summary>How far it had come.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>Steps that its optimiser had taken, as <see cref="Optimizer.Steps"/> has them.</summary>
    public required IReadOnlyList<long> OptimizerSteps { get; init; }

    /// <summary>The state of its random numbers.</summary>
    public required byte[] RandomState { get; init; }

    /// <summary>The time that it had taken.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Reads a checkpoint's texts.</summary>
    /// <param name="metadata">The texts.</param>
    /// <param name="batchesPerEpoch">Batches in an epoch of the training that goes on.</param>
    /// <exception cref="InvalidDataException">
    /// They are of no place in a training; other exceptions where they are no numbers, times and so on.
    /// </exception>
    public static ResumedTraining Read(IReadOnlyDictionary<string, string> metadata, int batchesPerEpoch)
    {
        TrainingPosition position = JsonSerializer.Deserialize<TrainingPosition>(metadata["position"])
            ?? throw new InvalidDataException("it has no position");
        if (position is not { Epoch: >= 0, Batch: >= 0, Step: > 0 })
        {
            throw new InvalidDataException(
                $"its position is epoch {position.Epoch}, batch {position.Batch}, step {position.Step}");
        }
        return new ResumedTraining(TrainingRecord.Read(metadata), batchesPerEpoch)
        {
            Position = position,
            OptimizerSteps = Numbers(metadata["optimizer steps"]),
            RandomState = Convert.FromBase64String(metadata["random state"]),
            Elapsed = TimeSpan.ParseExact(metadata["elapsed"], "c", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Why it cannot go on as another training: each difference that <see cref="ResumeRules"/> refuses.</summary>
    /// <param name="resumed">What the other is known by.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="duration">How long it is.</param>
    public IEnumerable<string> Refused(TrainingRecord resumed, LearningRateSchedule schedule, TrainingDuration duration)
    {
        double before = schedule.At(Part(_duration)), after = schedule.At(Part(duration));
        string jump = string.Create(CultureInfo.InvariantCulture,
            $", and its {schedule.GetType().Name} schedule would jump from {before:P0} of the learning rate to {after:P0}");
        foreach (TrainingDifference difference in _record.DifferencesIn(resumed))
        {
            if (difference.Rule == ResumeRule.Same) yield return $"{difference}";
            if (difference.Rule == ResumeRule.Duration && before != after) yield return $"{difference}{jump}";
        }
    }

    /// <summary>
    /// What is other than it was and accepted, and what could not be compared; null where there is nothing to say.
    /// </summary>
    /// <param name="path">The checkpoint's file.</param>
    /// <param name="resumed">What the training that goes on is known by.</param>
    public string? Note(string path, TrainingRecord resumed)
    {
        var differences = _record.DifferencesIn(resumed);
        string other = differences.Count == 0
            ? ""
            : $"The training goes on from '{path}' otherwise than it was: {string.Join("; ", differences)}.";
        string unknown = !_record.IsPartial ? ""
            : $"The checkpoint '{path}' is of an earlier version and notes only {string.Join(", ", _record.Names)}; whether the "
                + "other options are those it was made with is not known.";
        return other.Length + unknown.Length == 0 ? null : $"{other} {unknown}".Trim();
    }

    private static long[] Numbers(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
    }

    private double Part(TrainingDuration duration) =>
        duration.Fraction(Elapsed, Position.Epoch, Position.Batch, _batchesPerEpoch);
}
