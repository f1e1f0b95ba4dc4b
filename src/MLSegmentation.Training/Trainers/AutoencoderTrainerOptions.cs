using MLSegmentation.Transforms;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="AutoencoderTrainer"/>; the defaults are the lecture's.</summary>
public sealed record AutoencoderTrainerOptions
{
    /// <summary>The image column. Default <c>Image</c>.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column with the reconstruction that the trained transformer adds. Default <c>Reconstruction</c>.</summary>
    public string OutputColumnName { get; init; } = "Reconstruction";

    /// <summary>Features that an image is squeezed into, at least 1. Default 2.</summary>
    public int Latent { get; init; } = 2;

    /// <summary>1 for gray, 3 for RGB. Default 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The width that images are stretched to, a multiple of 4. Default 28.</summary>
    public int ImageWidth { get; init; } = 28;

    /// <summary>The height that images are stretched to, a multiple of 4. Default 28.</summary>
    public int ImageHeight { get; init; } = 28;

    /// <summary>Times that every image is seen. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images a step. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate, as Keras's default: 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <inheritdoc cref="SegmentationTrainerOptions.Seed"/>
    public int Seed { get; init; } = 1;

    /// <summary>The part of the rows that is held back to report their error after each epoch, 0 to below 1. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CacheMegabytes"/>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>How the trained transformer scores: the latent and error columns. Default: both are made.</summary>
    public ReconstructImageOptions Scoring { get; init; } = new();

    /// <inheritdoc cref="SegmentationTrainerOptions.Progress"/>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CancellationToken"/>
    public CancellationToken CancellationToken { get; init; }

    internal AutoencoderTrainerOptions Validate()
    {
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
