namespace MLSegmentation.Training;

/// <summary>
/// How long a training is to be where its options leave it open. A plan is made of work and never of time, so that equal data
/// gives an equal plan on a slow, a fast and a busy machine; the time is only estimated from it.
/// </summary>
/// <param name="Epochs">Times that every image is seen, at least 1.</param>
/// <param name="Flops">Floating point operations of the whole training.</param>
internal sealed record TrainingLength(int Epochs, double Flops)
{
    /// <summary>After so many a network from scratch has learnt most of what small sets teach.</summary>
    private const int EnoughBatches = 1500;

    /// <summary>With fewer a training is of no use, however long each of them takes.</summary>
    public const int LeastBatches = 300;

    /// <summary>Beyond it, a handful of images is learnt by heart.</summary>
    private const int MostEpochs = 200;

    /// <summary>A forward pass, the gradients of its values and those of its weights cost about the same.</summary>
    private const int PassesPerBatch = 3;

    /// <summary>
    /// Operations a second of one core: 78.7 thousand million in 1.30 s are a step of the compact U-Net at 320×256, batch 8, on
    /// one core of an AMD EPYC processor.
    /// </summary>
    private const double FlopsOfCore = 60e9;

    private static readonly double _flopsOfTenMinutes = FlopsOfCore * 2 * TimeSpan.FromMinutes(10).TotalSeconds;

    /// <summary>
    /// The plan for images of a network: 1500 batches, fewer where they would take more than ten minutes on two cores, but 300 at
    /// least; in whole epochs, 1 to 200. 60 images in batches of 8, at 0.49 thousand million operations each, are seen 188 times.
    /// </summary>
    /// <param name="images">Images to train on, at least 1.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="flops">
    /// Operations of the network for one image, as <see cref="Layers.LayerGraph.CountFlops"/> counts them.
    /// </param>
    public static TrainingLength For(int images, int batchSize, double flops)
    {
        double affordable = _flopsOfTenMinutes / (PassesPerBatch * flops * batchSize);
        double batches = Math.Max(Math.Min(EnoughBatches, affordable), LeastBatches);
        int batchesOfEpoch = (images + batchSize - 1) / batchSize;
        return OfEpochs((int)Math.Clamp(Math.Round(batches / batchesOfEpoch), 1, MostEpochs), images, flops);
    }

    /// <summary>The plan of a training of so many epochs.</summary>
    public static TrainingLength OfEpochs(int epochs, int images, double flops) =>
        new(epochs, PassesPerBatch * flops * images * epochs);

    /// <summary>About the time that it takes on so many free cores.</summary>
    public TimeSpan TimeOn(int cores) => TimeSpan.FromSeconds(Flops / (FlopsOfCore * cores));
}
