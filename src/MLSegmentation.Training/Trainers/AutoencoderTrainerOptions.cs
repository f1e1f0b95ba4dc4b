using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="AutoencoderTrainer"/>; the defaults are the lecture's.</summary>
public sealed record AutoencoderTrainerOptions : TrainerOptions
{
    /// <summary>10 epochs in batches of 128 with a constant learning rate of 0.001, Keras's default.</summary>
    public AutoencoderTrainerOptions() => (Epochs, LearningRate) = (10, 1e-3);

    /// <summary>The column with the reconstruction that the trained transformer adds. Default <c>Reconstruction</c>.</summary>
    public string OutputColumnName { get; init; } = "Reconstruction";

    /// <summary>
    /// The downsampling path of an <see cref="EncoderAutoencoder"/>. Default null: the lecture's
    /// <see cref="ConvolutionalAutoencoder"/>, which is for one size of images.
    /// </summary>
    public Encoder? Encoder { get; init; }

    /// <summary>
    /// Features that an image is squeezed into, at least 1; with an <see cref="Encoder"/>, channels of the code, one for each of
    /// its places. Default 2.
    /// </summary>
    public int Latent { get; init; } = 2;

    /// <summary>1 for gray, 3 for RGB. Default 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>
    /// The width that images are stretched to, a multiple of 4, or of the <see cref="Encoder"/>'s stride (32). Default 28.
    /// </summary>
    public int ImageWidth { get; init; } = 28;

    /// <summary>
    /// The height that images are stretched to, a multiple of 4, or of the <see cref="Encoder"/>'s stride (32). Default 28.
    /// </summary>
    public int ImageHeight { get; init; } = 28;

    /// <summary>Random changes to the images; the network is to give the changed images back. Default: none.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <summary>
    /// How the trained transformer scores: the latent and error columns. Default: latent and error are made; with an
    /// <see cref="Encoder"/> set <see cref="ReconstructImageOptions.LatentColumnName"/> to null, as its code is no vector.
    /// </summary>
    public ReconstructImageOptions Scoring { get; init; } = new();

    private protected override int UsualBatchSize => 128;

    internal AutoencoderTrainerOptions Validate()
    {
        ValidateTraining();
        Augmentation.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Latent);
        if (Channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Give 1 for gray or 3 for RGB.");
        return this;
    }
}
