using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>What a <see cref="TrainingLoop"/> is to learn: batches, a loss, and a measure that people read.</summary>
internal interface ITrainingTask
{
    /// <summary>The measure's name, as in <see cref="TrainingProgress.MetricName"/>.</summary>
    string MetricName { get; }

    /// <summary>Steps in an epoch.</summary>
    int StepsPerEpoch { get; }

    /// <summary>The batches of an epoch, in the order that the seed and the epoch give.</summary>
    IEnumerable<TrainingBatch> Batches(int epoch, CancellationToken cancellation);

    /// <summary>The loss of a batch, with gradients, and the measure.</summary>
    (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch);

    /// <summary>The measure on the rows held back; null without such rows.</summary>
    double? Validate(TorchNetwork network, CancellationToken cancellation);
}
