using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Learns the class of each pixel; ignored pixels count neither in the loss nor in the measures.</summary>
/// <param name="loader">The batches.</param>
/// <param name="source">The rows, for validation.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="palette">The classes' colours in pictures of samples.</param>
/// <param name="features">The features of a frozen encoder; null to compute them with each batch.</param>
/// <param name="remedy">What watches the predictions, and what is minimised once they collapsed. Default null: nothing.</param>
internal sealed class SegmentationTask(
    BatchLoader loader, SampleSource source, SegmentationLoss loss, IReadOnlyList<Rgb> palette, FeatureCache? features = null,
    (CollapseWatch Watch, SegmentationLoss Loss)? remedy = null)
    : ITrainingTask
{
    /// <inheritdoc/>
    public TrainingMetric Metric => TrainingMetric.PixelAccuracy;

    /// <inheritdoc/>
    public TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Facts => source.Facts;

    /// <inheritdoc/>
    public int Images => source.TrainingCount;

    /// <inheritdoc/>
    public bool HasCachedFeatures => features is not null;

    /// <inheritdoc/>
    public CollapseWatch? Watch => remedy?.Watch;

    /// <inheritdoc/>
    public int BatchesPerEpoch => loader.BatchesPerEpoch;

    /// <inheritdoc/>
    public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation) =>
        loader.Batches(epoch, first, cancellation);

    /// <inheritdoc/>
    public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
    {
        Tensor labels = batch.LabelTensor(network.Device);
        Tensor logits = (features?.Forward(batch) ?? network.call(batch.ImageTensor(network.Device)))[0];
        Tensor value = (remedy is { Watch.IsMended: true } taken ? taken.Loss : loss).Compute(logits, labels);
        using var noGradients = no_grad();
        using Scalar ignored = TrainingSample.Ignored;
        Tensor best = logits.argmax(1);
        Watch?.See(best, labels);
        Tensor right = best.eq(labels).sum().to(float32), counted = labels.ne(ignored).sum().to(float32);
        return (value, right / counted.AtLeast(1));
    }

    /// <inheritdoc/>
    public double? Validate(TorchNetwork network, CancellationToken cancellation)
    {
        if (!source.HasValidation) return null;
        var matrix = new PixelConfusionMatrix(loss.Classes);
        network.eval();
        foreach (TrainingSample sample in source.Validation(cancellation))
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            matrix.Add(Keys(sample.Labels), Predict(network, sample));
        }
        return matrix.LabeledPixels == 0
            ? null
            : new SegmentationMetrics(matrix, [.. Enumerable.Range(0, loss.Classes).Select(index => $"{index}")]).MeanIoU;
    }

    /// <inheritdoc/>
    public MaskComparison? DrawSample(TorchNetwork network)
    {
        if (source.Validation(default).FirstOrDefault() is not { } sample) return null;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return MaskComparison.Draw(
            sample.Pixels, sample.Width, sample.Height, Keys(sample.Labels), Predict(network, sample), palette);
    }

    private static uint[] Keys(byte[] labels) => [.. labels.Select(label => label == TrainingSample.Ignored ? 0u : label + 1u)];

    private static uint[] Predict(TorchNetwork network, TrainingSample sample)
    {
        Tensor best = WholeImages.Scores(network, TrainingBatch.Of([sample])).argmax(1);
        return [.. best.cpu().contiguous().data<long>().ToArray().Select(value => (uint)value + 1)];
    }
}
