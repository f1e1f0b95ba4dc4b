using System.Diagnostics;

namespace MLSegmentation.Training;

/// <summary>Tells the options' progress and TensorBoard folder where a training stands.</summary>
internal sealed class TrainingReport : IDisposable
{
    private readonly TrainingState _state;
    private readonly ITrainingTask _task;
    private readonly TrainerOptions _options;
    private readonly TrainingDuration _duration;
    private readonly TensorBoardLog? _log;
    private readonly double _firstFraction;
    private readonly Stopwatch _clock;
    private long _images;

    /// <summary>Begins to report, from where the training is now.</summary>
    /// <exception cref="IOException">The TensorBoard folder cannot be written.</exception>
    public TrainingReport(TrainingState state, ITrainingTask task, TrainerOptions options, TrainingDuration duration)
    {
        (_state, _task, _options, _duration) = (state, task, options, duration);
        int step = state.Position.Step;
        if (options.TensorBoardFolder is { } folder) _log = TensorBoardLog.Create(folder, Warn, step == 0 ? null : step + 1);
        _firstFraction = Fraction;
        _clock = Stopwatch.StartNew();
    }

    /// <summary>Whether the training ends here because validations got no better.</summary>
    public bool IsStoppingEarly =>
        _options.EarlyStoppingPatience is int patience && _state.Position.ValidationsSinceBest >= patience;

    private double Fraction => _duration.Fraction(_state.Position.Epoch, _state.Position.Batch, _task.BatchesPerEpoch);

    /// <summary>After a step, or a little later.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="loss">The loss of its images.</param>
    /// <param name="metric">Their measure.</param>
    /// <param name="rate">The learning rate of the step.</param>
    public void Stepped(int step, RunningMean loss, RunningMean metric, double rate)
    {
        _images += loss.Weight;
        _log?.Scalar("train/loss", step, loss.Value);
        _log?.Scalar($"train/{_task.Metric.Name}", step, metric.Value);
        _log?.Scalar("learning rate", step, rate);
        _options.Progress?.Report(Progress() with { LearningRate = rate });
    }

    /// <summary>After a validation.</summary>
    public void Validated(double measure)
    {
        _log?.Scalar($"validation/{_task.ValidationMetric.Name}", _state.Position.Step, measure);
        _options.Progress?.Report(Progress() with
        {
            ValidationMetric = measure,
            IsBestValidation = _state.Position.ValidationsSinceBest == 0,
            IsStoppingEarly = IsStoppingEarly,
        });
    }

    /// <summary>Draws a sample with what the network makes of it.</summary>
    public void Draw(TorchNetwork network)
    {
        if (_log is not null && _task.DrawSample(network) is { } picture)
            _log.Image("samples/overlay", _state.Position.Step, picture.Pixels, picture.Width, picture.Height);
    }

    /// <summary>Says what is worth knowing and does not stop the training.</summary>
    public void Warn(string warning) => _options.Progress?.Report(Progress() with { Warning = warning });

    /// <summary>Says what was decided.</summary>
    public void Note(string note) => _options.Progress?.Report(Progress() with { Note = note });

    /// <inheritdoc/>
    public void Dispose() => _log?.Dispose();

    private TrainingProgress Progress()
    {
        TrainingPosition position = _state.Position;
        double fraction = Fraction;
        return new TrainingProgress
        {
            Epoch = position.Epoch + 1,
            Epochs = _duration.Epochs,
            Step = position.Step,
            Loss = position.Loss.Value,
            Metric = position.Metric.Value,
            MetricName = _task.Metric.Name,
            ValidationMetricName = _task.ValidationMetric.Name,
            HasCachedFeatures = _task.HasCachedFeatures,
            ImagesPerSecond = _images / _clock.Elapsed.TotalSeconds,
            Fraction = fraction,
            TimeLeft = _duration.TimeLeft(fraction, fraction - _firstFraction, _clock.Elapsed),
        };
    }
}
