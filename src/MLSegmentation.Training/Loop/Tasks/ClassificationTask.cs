using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// Learns the class of whole images by cross-entropy. The measure is accuracy, in training and on the rows held back.
/// </summary>
internal sealed class ClassificationTask(BatchLoader loader, SampleSource source) : TrainingTask(loader, source)
{
    /// <inheritdoc/>
    public override TrainingMetric Metric => TrainingMetric.Accuracy;

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
    {
        Tensor labels = batch.LabelTensor(network.Device);
        Tensor logits = network.call(batch.ImageTensor(network.Device))[0];
        Tensor loss = F.cross_entropy(logits, labels);
        using var noGradients = no_grad();
        return (loss, logits.argmax(1).eq(labels).to(float32).mean());
    }

    /// <inheritdoc/>
    protected override double? Validate(TorchNetwork network, Action<Action<TrainingBatch>> forEach)
    {
        RunningMean accuracy = default;
        forEach(batch =>
        {
            using var scope = NewDisposeScope();
            Tensor best = network.call(batch.ImageTensor(network.Device))[0].argmax(1);
            accuracy = accuracy.With(
                best.eq(batch.LabelTensor(network.Device)).to(float32).mean().item<float>(), batch.Count);
        });
        return accuracy.Value;
    }
}
