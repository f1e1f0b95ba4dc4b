using System.Diagnostics;
using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>The training loop. It knows no network and no data: one optimiser step for each batch, one dispose scope for each step.</summary>
internal sealed class TrainingLoop(TorchNetwork network, ITrainingTask task, optim.Optimizer optimizer, LearningRateSchedule schedule, TrainingDuration duration)
{
    private readonly Stopwatch _clock = new();
    private int _step;
    private long _images;

    /// <summary>Trains until the duration is over.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no number; the network has its last good weights back.</exception>
    public void Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var lastGood = new WeightSnapshot(network);
        _clock.Restart();
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
                // Weights are good once a batch has a loss with them, so the first step of an epoch proves those of the one before.
                var (stepLoss, stepMetric) = Step(batch, schedule.At(fraction), stepInEpoch == 0 ? lastGood : null);
                if (!double.IsFinite(stepLoss)) throw Diverged(epoch, stepInEpoch, stepLoss, lastGood);
                loss.Add(stepLoss, batch.Count);
                metric.Add(stepMetric, batch.Count);
                stepInEpoch++;
                progress?.Report(Progress(epoch, stepInEpoch, loss, metric));
            }
            if (stepInEpoch == 0) break;
            if (task.Validate(network, cancellation) is double validation)
                progress?.Report(Progress(epoch, stepInEpoch, loss, metric) with { ValidationMetric = validation });
        }
        network.eval();
        if (_step == 0)
            throw new InvalidOperationException("The time for training was over before its first step: reading the images took all of it. Give more time, or epochs.");
        if (lastGood.IsLiveFinite) return;
        lastGood.Restore();
        throw new TrainingDivergedException(
            $"Training ended at step {_step} with weights that are no numbers; those from the start of its last epoch are kept. Lower the learning rate.",
            hasTrainedWeights: true);
    }

    private (double Loss, double Metric) Step(TrainingBatch batch, double learningRate, WeightSnapshot? provenByLoss)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = learningRate;
        optimizer.zero_grad();
        var (loss, metric) = task.Evaluate(network, batch);
        loss.backward();
        double value = loss.item<float>();
        if (double.IsFinite(value))
        {
            provenByLoss?.Take();
            optimizer.step();
        }
        _step++;
        _images += batch.Count;
        return (value, metric.item<float>());
    }

    private TrainingDivergedException Diverged(int epoch, int stepInEpoch, double loss, WeightSnapshot lastGood)
    {
        lastGood.Restore();
        network.eval();
        int good = stepInEpoch == 0 ? epoch - 1 : epoch;
        string kept = good <= 0 ? "no weights were trained before" : $"the weights from the start of epoch {good + 1} are kept";
        return new TrainingDivergedException(
            $"Training stopped at step {_step} (epoch {epoch + 1}): the loss is {loss}, and {kept}. Lower the learning rate, or look for damaged images.",
            hasTrainedWeights: good > 0);
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
            ImagesPerSecond = _images / _clock.Elapsed.TotalSeconds,
            Fraction = fraction,
            TimeLeft = duration.TimeLeft(fraction, _clock.Elapsed),
        };
    }
}
