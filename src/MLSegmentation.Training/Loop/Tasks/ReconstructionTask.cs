using MLSegmentation.Training.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>Learns to give an image back, by the mean squared error on a scale of 0 to 1.</summary>
internal sealed class ReconstructionTask(BatchLoader loader, SampleSource source) : ITrainingTask
{
    /// <inheritdoc/>
    public TrainingMetric Metric => TrainingMetric.MeanSquaredError;

    /// <inheritdoc/>
    public TrainingMetric ValidationMetric => TrainingMetric.MeanSquaredError;

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
        Tensor images = batch.ImageTensor(network.Device);
        Tensor loss = F.mse_loss(network.call(images)[0], images.Over(255));
        return (loss, loss.detach());
    }

    /// <inheritdoc/>
    public double? Validate(TorchNetwork network, CancellationToken cancellation)
    {
        if (!source.HasValidation) return null;
        RunningMean error = default;
        network.eval();
        foreach (TrainingSample sample in source.Validation(cancellation))
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            Tensor image = TrainingBatch.Of([sample]).ImageTensor(network.Device);
            error = error.With(F.mse_loss(network.call(image)[0], image.Over(255)).item<float>(), 1);
        }
        return error.Value;
    }
}
