using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// Learns the class of whole images by cross-entropy. The measure is accuracy, in training and on the rows held back.
/// </summary>
internal sealed class ClassificationTask(BatchLoader loader, SampleSource source) : ITrainingTask
{
    private const int ValidationBatch = 256;

    /// <inheritdoc/>
    public TrainingMetric Metric => TrainingMetric.Accuracy;

    /// <inheritdoc/>
    public TrainingMetric ValidationMetric => TrainingMetric.Accuracy;

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Facts => source.Facts;

    /// <inheritdoc/>
    public int Images => source.TrainingCount;

    /// <inheritdoc/>
    public int BatchesPerEpoch => loader.BatchesPerEpoch;

    /// <inheritdoc/>
    public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation) =>
        loader.Batches(epoch, first, cancellation);

    /// <inheritdoc/>
    public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
    {
        Tensor labels = batch.LabelTensor(network.Device);
        Tensor logits = network.call(batch.ImageTensor(network.Device))[0];
        Tensor loss = F.cross_entropy(logits, labels);
        using var noGradients = no_grad();
        return (loss, logits.argmax(1).eq(labels).to(float32).mean());
    }

    /// <inheritdoc/>
    public double? Validate(TorchNetwork network, CancellationToken cancellation)
    {
        if (!source.HasValidation) return null;
        RunningMean accuracy = default;
        network.eval();
        foreach (TrainingSample[] samples in source.Validation(cancellation).Chunk(ValidationBatch))
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            TrainingBatch batch = TrainingBatch.Of(samples);
            Tensor best = network.call(batch.ImageTensor(network.Device))[0].argmax(1);
            accuracy = accuracy.With(
                best.eq(batch.LabelTensor(network.Device)).to(float32).mean().item<float>(), samples.Length);
        }
        return accuracy.Value;
    }
}
