using System.Globalization;
using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The training loop. It knows no network and no data: one dispose scope for each batch, one step for each few batches.
/// </summary>
internal sealed class TrainingLoop(TorchNetwork network, ITrainingTask task, TrainerOptions options, TrainingDuration duration)
{
    /// <summary>
    /// What a checkpoint knows the training by beside its options and its task, by the names of <see cref="ResumeRules"/>.
    /// Default none.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>
    /// Whether a step's loss is read while the step after it is under way, so that nobody waits for the device. A loss that is no
    /// number is then noticed a step late; the weights that are kept are sound all the same. Default: on a GPU.
    /// </summary>
    public bool IsReadLate { get; init; } = network.Device.type == DeviceType.CUDA;

    /// <summary>Trains until the duration is over, or validations get no better.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss is no number; the network has its best or its last good weights back.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    public void Run()
    {
        using var run = new TrainingRun(network, task, options, duration, Facts);
        try
        {
            RunEpochs(run);
            SayWhatIsKept(run);
        }
        catch (OperationCanceledException)
        {
            run.Save();
            throw;
        }
        run.Weights.Finish();
    }

    private void RunEpochs(TrainingRun run)
    {
        while (true)
        {
            // A checkpoint may be of an epoch whose last step is done: it has no batches left, but perhaps a validation.
            RunEpoch(run);
            bool isLast = run.Fraction >= 1, isDue = (run.Position.Epoch + 1) % options.ValidationInterval == 0;
            if ((isLast || isDue) && run.Position is { IsValidated: false, Step: > 0 }) Validate(run);
            run.Save();
            if (isLast || run.Report.IsStoppingEarly) return;
            run.Position = run.Position.NextEpoch();
        }
    }

    private void RunEpoch(TrainingRun run)
    {
        network.train();
        var batches = task.Batches(run.Position.Epoch, run.Position.Batch, options.CancellationToken);
        foreach (TrainingBatch[] group in batches.Chunk(options.GradientAccumulation))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            double fraction = run.Fraction;
            if (fraction >= 1) break;
            network.HeldStages = options.HeldStages(network.EncoderStages, fraction);
            Step(run, group, options.Schedule.At(fraction) * run.RateFactor);
            foreach (TrainingBatch batch in group) batch.Dispose();
            run.ReadMeasures(left: IsReadLate ? 1 : 0);
            run.Watch();
            if (run.IsSaveDue) run.Save();
        }
        run.ReadMeasures(left: 0);
    }

    private void Step(TrainingRun run, TrainingBatch[] batches, double factor)
    {
        var measures = new List<BatchMeasures>();
        var step = new StepMeasures(run.Position, options.Rate * factor, batches.Length, measures);
        run.Parts.Accumulate(
            batches,
            begin: () =>
            {
                run.Optimizer.ZeroGradients();
                step.Forget();
            },
            (part, divisor) =>
            {
                using var scope = NewDisposeScope();
                var (loss, metric) = task.Evaluate(network, part);
                measures.Add(new BatchMeasures(loss, metric, part.Count));
                if (!IsReadLate) run.RequireFinite(step);
                (divisor == 1 ? loss : loss.Over(divisor)).backward();
            });
        using Tensor? areProven = IsReadLate ? step.AreProven() : null;
        run.Weights.KeepProven(areProven);
        run.Optimizer.Step(options.Rate * factor, options.EncoderRate * factor, options.GradientClipNorm);
        run.Stepped(step);
    }

    /// <summary>Validates the weights, and their average where there is one: the better of both may be the best so far.</summary>
    private void Validate(TrainingRun run)
    {
        TimeSpan began = duration.Elapsed;
        (double? measured, bool isSound, bool isBest, bool isBestLive) = (null, true, false, run.Position.IsBestLive);
        bool[] passes = run.Weights.AreCompared ? [true, false] : [true];
        foreach (bool isKept in passes)
        {
            using IDisposable? kept = isKept ? run.Weights.UseKept() : null;
            double? value = task.Validate(network, run.Parts, options.CancellationToken);
            isSound &= double.IsFinite(value ?? 0) && run.Weights.AreFinite;
            if (!isSound) break;
            if (isKept) run.Report.Draw(network);
            if (value is not double measure) continue;
            if (measured is not null && !task.ValidationMetric.IsBetter(measure, measured)) continue;
            measured = measure;
            if (!task.ValidationMetric.IsBetter(measure, run.Position.BestValidation)) continue;
            run.Weights.KeepBest();
            (isBest, isBestLive) = (true, !isKept);
        }
        TimeSpan pass = (duration.Elapsed - began) / passes.Length;
        run.Position = run.Position.Validated(isSound ? measured : null, isBest && isSound) with
        {
            IsBestLive = isBestLive,
            Reserved = duration.Reserve(pass * (passes.Length + task.PassesAfter)),
        };
        if (!isSound) throw run.Weights.Diverged(run.Position, "it came to weights that are no numbers");
        if (measured is double best) run.Report.Validated(best);
    }

    /// <summary>Says so where the best weights are not an average.</summary>
    private void SayWhatIsKept(TrainingRun run)
    {
        if (run.Position is not { IsBestLive: true, BestValidation: { } best }) return;
        run.Report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"The weights of the best validation are kept, {task.ValidationMetric.Name} {best:F4}; no average was better."));
    }
}
