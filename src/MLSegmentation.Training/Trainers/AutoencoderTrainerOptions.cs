using MLSegmentation.Training.Networks;
using MLSegmentation.Transforms;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="AutoencoderTrainer"/>; the defaults are the lecture's.</summary>
public sealed record AutoencoderTrainerOptions
{
    /// <summary>The image column. Default <c>Image</c>.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column with the reconstruction that the trained transformer adds. Default <c>Reconstruction</c>.</summary>
    public string OutputColumnName { get; init; } = "Reconstruction";

    /// <summary>
    /// The downsampling path of an <see cref="EncoderAutoencoder"/>, made anew for each fit. Default null: the lecture's
    /// <see cref="ConvolutionalAutoencoder"/>, which is for one size of images.
    /// </summary>
    public Func<Encoder>? Encoder { get; init; }

    /// <summary>
    /// Features that an image is squeezed into, at least 1; with an <see cref="Encoder"/>, channels of the code, one for each of its places.
    /// Default 2.
    /// </summary>
    public int Latent { get; init; } = 2;

    /// <summary>1 for gray, 3 for RGB. Default 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The width that images are stretched to, a multiple of 4, or of the <see cref="Encoder"/>'s stride (32). Default 28.</summary>
    public int ImageWidth { get; init; } = 28;

    /// <summary>The height that images are stretched to, likewise. Default 28.</summary>
    public int ImageHeight { get; init; } = 28;

    /// <summary>Times that every image is seen. Default 10. Unused with a <see cref="TimeBudget"/>.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The time that a fit may take, reading and validation included. Default null: <see cref="Epochs"/> decides.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Images a step. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate, as Keras's default: 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Random changes to the images; the network is to give the changed images back. Default: none.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <inheritdoc cref="SegmentationTrainerOptions.Seed"/>
    public int Seed { get; init; } = 1;

    /// <summary>The part of the rows that is held back to report their error after each epoch, 0 to below 1. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CacheMegabytes"/>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>
    /// How the trained transformer scores: the latent and error columns. Default: latent and error are made; with an
    /// <see cref="Encoder"/> set <see cref="ReconstructImageOptions.LatentColumnName"/> to null, as its code is no vector.
    /// </summary>
    public ReconstructImageOptions Scoring { get; init; } = new();

    /// <inheritdoc cref="SegmentationTrainerOptions.Progress"/>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CancellationToken"/>
    public CancellationToken CancellationToken { get; init; }

    internal AutoencoderTrainerOptions Validate()
    {
        if (TimeBudget <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(TimeBudget), TimeBudget, "Give a time above zero, or null.");
        Augmentation.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheMegabytes);
        if (Channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Give 1 for gray or 3 for RGB.");
        if (ValidationFraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationFraction), ValidationFraction, "Give a part of the rows, 0 to below 1.");
        return this;
    }
}
