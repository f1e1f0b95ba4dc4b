using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A task whose batches come from a loader, and whose validation rows come from its source.</summary>
/// <param name="loader">The batches.</param>
/// <param name="source">The rows.</param>
internal abstract class TrainingTask(BatchLoader loader, SampleSource source) : ITrainingTask
{
    /// <inheritdoc/>
    public abstract TrainingMetric Metric { get; }

    /// <inheritdoc/>
    public virtual TrainingMetric ValidationMetric => Metric;

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Facts => source.Facts;

    /// <inheritdoc/>
    public int Images => source.TrainingCount;

    /// <inheritdoc/>
    public virtual bool HasCachedFeatures => false;

    /// <inheritdoc/>
    public virtual CollapseWatch? Watch => null;

    /// <inheritdoc/>
    public int BatchesPerEpoch => loader.BatchesPerEpoch;

    /// <summary>The rows.</summary>
    protected SampleSource Source => source;

    /// <inheritdoc/>
    public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation) =>
        loader.Batches(epoch, first, cancellation);

    /// <inheritdoc/>
    public abstract (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch);

    /// <inheritdoc/>
    public double? Validate(TorchNetwork network, BatchParts parts, CancellationToken cancellation)
    {
        if (!source.HasValidation) return null;
        network.eval();
        using var noGradients = no_grad();
        return Validate(network, pass => parts.ForEach(ValidationBatches(cancellation), pass));
    }

    /// <inheritdoc/>
    public virtual int PassesAfter => 0;

    /// <inheritdoc/>
    public virtual bool LetGo() => false;

    /// <inheritdoc/>
    public virtual MissingClasses FindMissing(TorchNetwork network, BatchParts parts, CancellationToken cancellation) =>
        MissingClasses.None;

    /// <inheritdoc/>
    public virtual MaskComparison? DrawSample(TorchNetwork network) => null;

    /// <summary>The measure on validation batches, each of images of one size; null where nothing of them counts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="forEach">Passes each batch on, in parts where the memory needs it.</param>
    protected abstract double? Validate(TorchNetwork network, Action<Action<TrainingBatch>> forEach);

    /// <summary>
    /// The validation rows in batches of no more images and no more pixels than those of the training: a step needs more memory,
    /// so what was enough for it is enough here.
    /// </summary>
    public IEnumerable<TrainingBatch> ValidationBatches(CancellationToken cancellation) =>
        source.ValidationBatches(loader.BatchSize, cancellation)
            .SelectMany(batch => batch.Parts((int)Math.Max(loader.BatchArea / (batch.Width * batch.Height), 1)));
}
