using System.Diagnostics;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>The training loop. It knows no network and no data: one dispose scope for each batch, one step for each few batches.</summary>
internal sealed class TrainingLoop(TorchNetwork network, ITrainingTask task, TrainerOptions options, TrainingDuration duration)
{
    private readonly Stopwatch _clock = new();
    private double _firstFraction;
    private long _images;

    /// <summary>What a checkpoint knows the training by beside its options and its task, by the names of <see cref="ResumeRules"/>. Default none.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    private bool IsAveraged => options.WeightAveraging > 0;

    /// <summary>Trains until the duration is over, or validations get no better.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no number; the network has its best or its last good weights back.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    public void Run()
    {
        using var state = new TrainingState(network, Optimizer.Create(options, network.WeightsByName));
        using Checkpoint? checkpoint = options.CheckpointPath is { } path ? new Checkpoint(path, Record(), options, duration) : null;
        string? note = options.Resume ? checkpoint!.Load(state, task.BatchesPerEpoch) : null;
        using TensorBoardLog? log = OpenLog(state);
        _firstFraction = Fraction(state.Position);
        _clock.Restart();
        if (note is not null) Warn(state.Position, note);
        try
        {
            RunEpochs(state, checkpoint, log);
        }
        catch (OperationCanceledException)
        {
            Save(checkpoint, state);
            throw;
        }
        Finish(state);
    }

    private TrainingRecord Record() => TrainingRecord.Of(
        options, [(ResumeRules.Network, network.Graph.Name), (ResumeRules.Images, $"{task.Images}"), .. task.Facts, .. Facts]);

    private void RunEpochs(TrainingState state, Checkpoint? checkpoint, TensorBoardLog? log)
    {
        while (true)
        {
            // A checkpoint may be of an epoch whose last step is done: it has no batches left, but perhaps a validation.
            RunEpoch(state, checkpoint, log);
            TrainingPosition position = state.Position;
            bool isLast = Fraction(position) >= 1, isDue = (position.Epoch + 1) % options.ValidationInterval == 0;
            if ((isLast || isDue) && !position.IsValidated && position.Step > 0) Validate(state, log);
            Save(checkpoint, state);
            if (isLast || IsStoppingEarly(state.Position)) return;
            state.Position = state.Position.NextEpoch();
        }
    }

    private void RunEpoch(TrainingState state, Checkpoint? checkpoint, TensorBoardLog? log)
    {
        network.train();
        var batches = task.Batches(state.Position.Epoch, state.Position.Batch, options.CancellationToken);
        foreach (TrainingBatch[] group in batches.Chunk(options.GradientAccumulation))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            double fraction = Fraction(state.Position);
            if (fraction >= 1) return;
            double rate = options.LearningRate * options.Schedule.At(fraction);
            var (loss, metric) = Step(state, group, rate);
            log?.Scalar("train/loss", state.Position.Step, loss);
            log?.Scalar($"train/{task.Metric.Name}", state.Position.Step, metric);
            log?.Scalar("learning rate", state.Position.Step, rate);
            options.Progress?.Report(Report(state.Position) with { LearningRate = rate });
            if (checkpoint?.IsDue == true) Save(checkpoint, state);
        }
    }

    private (double Loss, double Metric) Step(TrainingState state, TrainingBatch[] batches, double rate)
    {
        RunningMean losses = default, metrics = default;
        state.Optimizer.ZeroGradients();
        foreach (TrainingBatch batch in batches)
        {
            using var scope = NewDisposeScope();
            var (loss, metric) = task.Evaluate(network, batch);
            double value = loss.item<float>();
            if (!double.IsFinite(value)) throw Diverged(state, $"the loss is {value}");
            (batches.Length == 1 ? loss : loss.Over(batches.Length)).backward();
            (losses, metrics) = (losses.With(value, batch.Count), metrics.With(metric.item<float>(), batch.Count));
            _images += batch.Count;
        }
        KeepProven(state);
        if (options.GradientClipNorm is double norm) state.Optimizer.ClipGradients(norm);
        state.Optimizer.Step(rate);
        state.Position = state.Position.Next(batches.Length, losses, metrics);
        return (losses.Value, metrics.Value);
    }

    /// <summary>
    /// Weights are good once a batch has a loss with them: these go into the average, or, without one, are kept once an epoch.
    /// </summary>
    private void KeepProven(TrainingState state)
    {
        if (IsAveraged) state.Kept.MoveTowardsLive(AveragedPart(state.Position.Step));
        else if (state.Position.Batch == 0) state.Kept.Take();
    }

    // The first weights are no better than chance, so the average forgets them fast (as TensorFlow's ExponentialMovingAverage does).
    private double AveragedPart(int step) => 1 - Math.Min(options.WeightAveraging, (1.0 + step) / (10 + step));

    private void Validate(TrainingState state, TensorBoardLog? log)
    {
        TrainingPosition position = state.Position;
        double? measured;
        bool isSound;
        if (IsAveraged) state.Kept.Swap();
        try
        {
            measured = task.Validate(network, options.CancellationToken);
            isSound = double.IsFinite(measured ?? 0) && state.Kept.IsLiveFinite;
            bool isBest = measured is double value && task.ValidationMetric.IsBetter(value, position.BestValidation);
            if (isSound && isBest && options.RestoreBestWeights) state.KeepBest();
            state.Position = position.Validated(isSound ? measured : null, isBest);
            if (log is not null && isSound && task.DrawSample(network) is { } picture)
                log.Image("samples/overlay", position.Step, picture.Pixels, picture.Width, picture.Height);
        }
        finally
        {
            if (IsAveraged) state.Kept.Swap();
        }
        if (!isSound) throw Diverged(state, "it came to weights that are no numbers");
        if (measured is not double measure) return;
        log?.Scalar($"validation/{task.ValidationMetric.Name}", position.Step, measure);
        options.Progress?.Report(Report(state.Position) with
        {
            ValidationMetric = measure,
            IsBestValidation = state.Position.ValidationsSinceBest == 0,
            IsStoppingEarly = IsStoppingEarly(state.Position),
        });
    }

    private bool IsStoppingEarly(TrainingPosition position) =>
        options.EarlyStoppingPatience is int patience && position.ValidationsSinceBest >= patience;

    private void Save(Checkpoint? checkpoint, TrainingState state)
    {
        // Weights that the last step broke are for the next one to find: the checkpoint before is what one can go on from.
        if (checkpoint is null || state.Position.Step == 0 || !state.Kept.IsLiveFinite) return;
        try
        {
            checkpoint.Save(state);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk must not cost the training; the checkpoint before this one is still there.
            Warn(state.Position, error.Message);
        }
    }

    private TensorBoardLog? OpenLog(TrainingState state) => options.TensorBoardFolder is not { } folder ? null
        : TensorBoardLog.Create(folder, warning => Warn(state.Position, warning), state.Position.Step == 0 ? null : state.Position.Step + 1);

    private void Warn(TrainingPosition position, string warning) => options.Progress?.Report(Report(position) with { Warning = warning });

    private void Finish(TrainingState state)
    {
        network.eval();
        if (state.Position.Step == 0)
            throw new InvalidOperationException("The time for training was over before its first step: reading the images took all of it. Give more time, or epochs.");
        if (!state.Kept.IsLiveFinite) throw Diverged(state, "it ended with weights that are no numbers");
        if (Best(state) is { } best)
        {
            best.Restore();
        }
        else if (IsAveraged)
        {
            state.Kept.MoveTowardsLive(AveragedPart(state.Position.Step));
            state.Kept.Restore();
        }
    }

    private TrainingDivergedException Diverged(TrainingState state, string what)
    {
        WeightSnapshot? best = Best(state);
        (best ?? state.Kept).Restore();
        network.eval();
        TrainingPosition position = state.Position;
        int good = position.Batch == 0 ? position.Epoch - 1 : position.Epoch;
        string kept = best is not null ? "the weights of the best validation are kept"
            : IsAveraged && position.Step > 0 ? "the average of the weights before that is kept"
            : good > 0 ? $"the weights from the start of epoch {good + 1} are kept"
            : "no weights were trained before";
        return new TrainingDivergedException(
            $"Training stopped at step {position.Step + 1} (epoch {position.Epoch + 1}): {what}, and {kept}. Lower the learning rate, or look for damaged images.",
            hasTrainedWeights: best is not null || good > 0 || (IsAveraged && position.Step > 0));
    }

    private WeightSnapshot? Best(TrainingState state) => options.RestoreBestWeights ? state.Best : null;

    private double Fraction(TrainingPosition position) => duration.Fraction(position.Epoch, position.Batch, task.BatchesPerEpoch);

    private TrainingProgress Report(TrainingPosition position)
    {
        double fraction = Fraction(position);
        return new TrainingProgress
        {
            Epoch = position.Epoch + 1,
            Epochs = duration.Epochs,
            Step = position.Step,
            Loss = position.Loss.Value,
            Metric = position.Metric.Value,
            MetricName = task.Metric.Name,
            ValidationMetricName = task.ValidationMetric.Name,
            HasCachedFeatures = task.HasCachedFeatures,
            ImagesPerSecond = _images / _clock.Elapsed.TotalSeconds,
            Fraction = fraction,
            TimeLeft = duration.TimeLeft(fraction, fraction - _firstFraction, _clock.Elapsed),
        };
    }
}
