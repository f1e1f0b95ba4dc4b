using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Training;

/// <summary>
/// Tells <c>MLContext.Log</c> how a training goes, a line every few seconds and for each validation, and passes every report on.
/// </summary>
/// <param name="channel">Receives the lines.</param>
/// <param name="next">Receives the reports; null for nobody.</param>
/// <param name="interval">The least time between two lines.</param>
internal sealed class TrainingLog(IChannel channel, IProgress<TrainingProgress>? next, TimeSpan interval)
    : IProgress<TrainingProgress>
{
    private static readonly TrainingProgress _nothing =
        TrainingProgress.Unmeasured with { Fraction = 1, TimeLeft = TimeSpan.Zero };

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _due;
    private TrainingProgress? _last;
    private TrainingProgress? _best;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Warning is { } warning) channel.Warning(MessageSensitivity.None, warning);
        else if (value.Note is { } note) channel.Info(MessageSensitivity.None, note);
        else if (value.ValidationMetric is not null || _clock.Elapsed >= _due) Write(value);
        if (value.Note is null) _last = value;
        if (value.IsBestValidation) _best = value;
        next?.Report(value);
    }

    /// <summary>Says what was decided after the training.</summary>
    public void Note(string note)
    {
        // A training that goes on from its end has reported nothing.
        if (_last is { } end)
            Report(end with { ValidationMetric = null, IsBestValidation = false, Warning = null, Plan = null, Note = note });
        else channel.Info(MessageSensitivity.None, note);
    }

    /// <summary>Says what is worth knowing.</summary>
    public void Warn(string warning)
    {
        channel.Warning(MessageSensitivity.None, warning);
        next?.Report((_last ?? _nothing) with { ValidationMetric = null, IsBestValidation = false, Warning = warning });
    }

    /// <summary>Says where the training ended.</summary>
    /// <param name="missing">What the model lacks. Default null: nothing.</param>
    public void WriteEnd(MissingClasses? missing = null)
    {
        // Also of a training that goes on from its end, which has reported nothing.
        if (missing?.Collapse is { } collapse)
        {
            channel.Warning(MessageSensitivity.None, $"The training collapsed: {collapse}.");
            next?.Report((_last ?? _nothing) with { ValidationMetric = null, IsBestValidation = false, Collapse = collapse });
        }
        if (missing?.Note is { } note)
            Warn($"The model has not learnt all classes: {note}. Train longer, or raise their weights.");
        if (_last is not { } end) return;
        string best = _best is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"; the best validation was {_best.ValidationMetricName} {_best.ValidationMetric:F4} after epoch {_best.Epoch}");
        channel.Info(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"Trained {end.Step} steps in {Text(_clock.Elapsed)}: loss {end.Loss:F4}, {end.MetricName} {end.Metric:F4} on the "
            + $"images trained on{best}."));
    }

    /// <summary>A time to read: <c>45 s</c>, <c>4 min</c>, <c>1.5 h</c>.</summary>
    public static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
    };

    private void Write(TrainingProgress value)
    {
        _due = _clock.Elapsed + interval;
        string epoch = value.Epochs is int epochs ? $"{value.Epoch}/{epochs}" : $"{value.Epoch}";
        string validation = value.ValidationMetric is double measure
            ? string.Create(CultureInfo.InvariantCulture,
                $", validation {value.ValidationMetricName} {measure:F4}{(value.IsBestValidation ? " (best)" : "")}")
            : "";
        string left = value.TimeLeft is { } time ? $", {Text(time)} left" : "";
        channel.Info(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Fraction * 100:F0} %: epoch {epoch}, "
            + $"loss {value.Loss:F4}, {value.MetricName} {value.Metric:F4}{validation}, {value.ImagesPerSecond:F0} "
            + $"images/s{left}"));
    }
}
