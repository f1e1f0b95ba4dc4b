using MLSegmentation.Training.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// Learns to give an image back, by the mean squared error on a scale of 0 to 1; or to give its features back, by the mean of the
/// errors that the network answers.
/// </summary>
/// <param name="loader">The batches.</param>
/// <param name="source">The rows, for validation.</param>
/// <param name="isOverFeatures">Whether the network answers errors and no image.</param>
/// <param name="features">The features of a frozen encoder; null to compute them with each batch.</param>
internal sealed class ReconstructionTask(
    BatchLoader loader, SampleSource source, bool isOverFeatures = false, FeatureCache? features = null)
    : TrainingTask(loader, source)
{
    /// <inheritdoc/>
    public override TrainingMetric Metric => isOverFeatures ? TrainingMetric.FeatureError : TrainingMetric.MeanSquaredError;

    /// <inheritdoc/>
    public override bool HasCachedFeatures => features is not null;

    /// <inheritdoc/>
    public override bool LetGo() => features?.LetGo() == true;

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
    {
        Tensor loss = features is null ? Error(network, batch.ImageTensor(network.Device)) : features.Forward(batch)[0].mean();
        return (loss, loss.detach());
    }

    /// <inheritdoc/>
    protected override double? Validate(TorchNetwork network, Action<Action<TrainingBatch>> forEach)
    {
        RunningMean error = default;
        forEach(batch =>
        {
            using var scope = NewDisposeScope();
            error = error.With(Error(network, batch.ImageTensor(network.Device)).item<float>(), batch.Count);
        });
        return error.Value;
    }

    private Tensor Error(TorchNetwork network, Tensor images)
    {
        Tensor answer = network.call(images)[0];
        return isOverFeatures ? answer.mean() : F.mse_loss(answer, images.Over(255));
    }
}
