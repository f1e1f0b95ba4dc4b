using MLSegmentation.Transforms;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="AutoencoderTrainer"/>; the defaults are the lecture's.</summary>
public sealed record AutoencoderTrainerOptions : TrainerOptions
{
    /// <summary>10 epochs in batches of 128 with a constant learning rate of 0.001, Keras's default.</summary>
    public AutoencoderTrainerOptions() => (Epochs, BatchSize, LearningRate) = (10, 128, 1e-3);

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

    /// <summary>How the trained transformer scores: the latent and error columns. Default: both are made.</summary>
    public ReconstructImageOptions Scoring { get; init; } = new();

    internal AutoencoderTrainerOptions Validate()
    {
        ValidateTraining();
        if (Channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Give 1 for gray or 3 for RGB.");
        return this;
    }
}
