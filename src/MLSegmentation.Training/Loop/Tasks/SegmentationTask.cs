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
    : TrainingTask(loader, source)
{
    // Drawn from the images trained on where none are held back: enough to see what a model never gives.
    private const int MostImagesLookedAt = 32;

    /// <inheritdoc/>
    public override TrainingMetric Metric => TrainingMetric.PixelAccuracy;

    /// <inheritdoc/>
    public override TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

    /// <inheritdoc/>
    public override bool HasCachedFeatures => features is not null;

    /// <inheritdoc/>
    public override CollapseWatch? Watch => remedy?.Watch;

    /// <inheritdoc/>
    public override bool LetGo() => features?.LetGo() == true;

    // The search of how to score, and the look for classes that are missing.
    /// <inheritdoc/>
    public override int PassesAfter => 2;

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
    {
        Tensor labels = batch.LabelTensor(network.Device);
        Tensor logits = (features?.Forward(batch) ?? network.call(batch.ImageTensor(network.Device)))[0];
        SegmentationLoss used = remedy is { Watch.IsMended: true } taken ? taken.Loss : loss;
        Tensor value = used.Compute(logits, labels, used.NeedsImages ? batch.ImageTensor(network.Device) : null);
        using var noGradients = no_grad();
        using Scalar ignored = TrainingSample.Ignored;
        Tensor best = logits.argmax(1);
        Watch?.See(best, labels);
        Tensor right = best.eq(labels).sum().to(float32), counted = labels.ne(ignored).sum().to(float32);
        return (value, right / counted.AtLeast(1));
    }

    /// <inheritdoc/>
    public override MaskComparison? DrawSample(TorchNetwork network)
    {
        if (Source.Validation(default).FirstOrDefault() is not { } sample) return null;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return MaskComparison.Draw(
            sample.Pixels, sample.Width, sample.Height,
            [.. sample.Labels.Select(label => label == TrainingSample.Ignored ? 0u : label + 1u)],
            [.. Predict(network, TrainingBatch.Of([sample])).cpu().contiguous().data<long>().Select(value => (uint)value + 1)],
            palette);
    }

    /// <inheritdoc/>
    public override MissingClasses FindMissing(TorchNetwork network, BatchParts parts, CancellationToken cancellation)
    {
        if (Watch is not { IsLongEnough: true }) return MissingClasses.None;
        network.eval();
        using var noGradients = no_grad();
        var matrix = new PixelConfusionMatrix(loss.Classes);
        IEnumerable<TrainingBatch> batches = Source.HasValidation
            ? ValidationBatches(cancellation)
            : Source.Epoch(0, cancellation).Take(MostImagesLookedAt).Select(sample => TrainingBatch.Of([sample]));
        parts.ForEach(batches, batch => Count(network, batch, matrix));
        return Watch.Judge(matrix);
    }

    /// <inheritdoc/>
    protected override double? Validate(TorchNetwork network, Action<Action<TrainingBatch>> forEach)
    {
        var matrix = new PixelConfusionMatrix(loss.Classes);
        forEach(batch => Count(network, batch, matrix));
        return matrix.LabeledPixels == 0
            ? null
            : new SegmentationMetrics(matrix, [.. Enumerable.Range(0, loss.Classes).Select(index => $"{index}")]).MeanIoU;
    }

    /// <summary>Counts a batch on the device, which is then waited for once.</summary>
    private void Count(TorchNetwork network, TrainingBatch batch, PixelConfusionMatrix matrix)
    {
        using var scope = NewDisposeScope();
        using Scalar classes = loss.Classes, one = 1;

        // Ignored pixels are a label more, behind the others.
        Tensor labels = batch.LabelTensor(network.Device).clamp_max(classes), best = Predict(network, batch);
        Tensor pairs = labels.mul(classes).add_(best, one);
        long[] counts = [.. pairs.flatten().bincount(null, (loss.Classes + 1) * loss.Classes).cpu().data<long>()];
        for (int label = 0; label < loss.Classes; label++)
        {
            for (int prediction = 0; prediction < loss.Classes; prediction++)
                matrix.Add(label, prediction, counts[label * loss.Classes + prediction]);
        }
    }

    /// <summary>The best class of each pixel of a batch of whole images, (N, H, W).</summary>
    private static Tensor Predict(TorchNetwork network, TrainingBatch batch) => WholeImages.Scores(network, batch).argmax(1);
}
