using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="AutoencoderTrainer"/>; the defaults are the lecture's.</summary>
public sealed record AutoencoderTrainerOptions : TrainerOptions
{
    /// <summary>10 epochs in batches of 128 with a constant learning rate of 0.001, Keras's default.</summary>
    public AutoencoderTrainerOptions() => Epochs = 10;

    /// <summary>
    /// What suits a <see cref="FeatureAutoencoder"/>; vary it with <c>with</c>. The features are those of
    /// <see cref="ResNetEncoder"/>(20) with the weights <c>resnet18-imagenet</c>, of colour images of 256×256 and their mirror
    /// images, squeezed into 30 numbers. It is 20 epochs in batches of 4 with a learning rate of 0.001 that falls along a cosine.
    /// Scoring adds <c>ErrorMap</c> and <c>AnomalyScore</c>, the highest of the errors smoothed by 32 pixels.
    /// </summary>
    public static AutoencoderTrainerOptions OfFeatures { get; } = new()
    {
        Encoder = new ResNetEncoder(20),
        PretrainedWeights = WeightCatalogue.ResNet18ImageNet,
        Latent = 30,
        Channels = 3,
        ImageWidth = 256,
        ImageHeight = 256,
        Epochs = 20,
        BatchSize = 4,
        Schedule = new LearningRateSchedule.Cosine(),
        Augmentation = AugmentationOptions.None with { HorizontalFlip = true },
        Scoring = new ReconstructImageOptions
        {
            LatentColumnName = null,
            ErrorMapColumnName = "ErrorMap",
            AnomalyScoreColumnName = "AnomalyScore",
            ErrorSmoothing = 32,
        },
    };

    /// <summary>The column with the reconstruction that the trained transformer adds. Default <c>Reconstruction</c>.</summary>
    public string OutputColumnName { get; init; } = "Reconstruction";

    /// <summary>
    /// The downsampling path of an <see cref="EncoderAutoencoder"/>, or what makes the features of a
    /// <see cref="FeatureAutoencoder"/>. Default null: the lecture's <see cref="ConvolutionalAutoencoder"/>, which is for one
    /// size of images.
    /// </summary>
    public Encoder? Encoder { get; init; }

    /// <summary>
    /// A file with weights of the <see cref="Encoder"/>, or the name of one that <c>mlseg weights get</c> has fetched: see
    /// <see cref="Training.PretrainedWeights"/>. Images are preprocessed as these weights expect. Default null: weights begin at
    /// random.
    /// </summary>
    public string? PretrainedWeights { get; init; }

    /// <summary>
    /// Features that an image is squeezed into, at least 1; with an <see cref="Encoder"/>, channels of the code, so many numbers
    /// for each of its places. Default 2.
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
        if (PretrainedWeights is not null && Encoder is null)
        {
            throw new ArgumentException(
                $"The weights '{PretrainedWeights}' are for an encoder, and the options have none: set Encoder.",
                nameof(PretrainedWeights));
        }
        return this;
    }
}
