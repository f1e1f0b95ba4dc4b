using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>The training loop. It knows no network and no data: one optimiser step for each batch, one dispose scope for each step.</summary>
internal sealed class TrainingLoop(TorchNetwork network, ITrainingTask task, optim.Optimizer optimizer, LearningRateSchedule schedule, TrainingDuration duration)
{
    private int _step;
    private long _images;

    /// <summary>Trains until the duration is over.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no number; the network has its last good weights back.</exception>
    public void Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var lastGood = new WeightSnapshot(network);
        for (int epoch = 0; duration.Fraction(epoch, 0, task.StepsPerEpoch) < 1; epoch++)
        {
            var (loss, metric) = (new RunningMean(), new RunningMean());
            int stepInEpoch = 0;
            network.train();
            foreach (TrainingBatch batch in task.Batches(epoch, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                double fraction = duration.Fraction(epoch, stepInEpoch, task.StepsPerEpoch);
                if (fraction >= 1) break;
                var (stepLoss, stepMetric) = Step(batch, schedule.At(fraction));
                if (!double.IsFinite(stepLoss)) throw Diverged(epoch, stepLoss, lastGood);
                loss.Add(stepLoss, batch.Count);
                metric.Add(stepMetric, batch.Count);
                stepInEpoch++;
                progress?.Report(Progress(epoch, stepInEpoch, loss, metric));
            }
            lastGood.Take();
            if (task.Validate(network, cancellation) is double validation)
                progress?.Report(Progress(epoch, stepInEpoch, loss, metric) with { ValidationMetric = validation });
        }
        network.eval();
    }

    private (double Loss, double Metric) Step(TrainingBatch batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = learningRate;
        optimizer.zero_grad();
        var (loss, metric) = task.Evaluate(network, batch);
        loss.backward();
        double value = loss.item<float>();
        if (double.IsFinite(value)) optimizer.step();
        _step++;
        _images += batch.Count;
        return (value, metric.item<float>());
    }

    private TrainingDivergedException Diverged(int epoch, double loss, WeightSnapshot lastGood)
    {
        lastGood.Restore();
        network.eval();
        string kept = epoch == 0 ? "the first weights are kept" : $"the weights of epoch {epoch} are kept";
        return new TrainingDivergedException(
            $"Training stopped at step {_step} (epoch {epoch + 1}): the loss is {loss}, and {kept}. Lower the learning rate, or look for damaged images.");
    }

    private TrainingProgress Progress(int epoch, int stepInEpoch, RunningMean loss, RunningMean metric)
    {
        double fraction = duration.Fraction(epoch, stepInEpoch, task.StepsPerEpoch);
        return new TrainingProgress
        {
            Epoch = epoch + 1,
            Epochs = duration.Epochs,
            Step = _step,
            Loss = loss.Value,
            Metric = metric.Value,
            MetricName = task.MetricName,
            ImagesPerSecond = _images / duration.Elapsed.TotalSeconds,
            Fraction = fraction,
            TimeLeft = duration.Elapsed * ((1 - fraction) / fraction),
        };
    }
}
