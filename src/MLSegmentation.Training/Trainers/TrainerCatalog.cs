using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Training;

/// <summary>
/// The trainers, as <c>mlContext.Segmentation.Trainers</c> gives them. A training takes from the <see cref="MLContext"/> its
/// <see cref="MLContext.GpuDeviceId"/>, its <see cref="MLContext.FallbackToCpu"/> and, where the options give none, its seed. It
/// tells <see cref="MLContext.Log"/> how it goes.
/// </summary>
/// <remarks>
/// A <see cref="MLContext.GpuDeviceId"/> of null, the default, trains on the first CUDA GPU that TorchSharp finds, else on the
/// CPU. The trained model then scores on the CPU. With a number, training and scoring use that GPU. Where it cannot be used,
/// <see cref="MLContext.FallbackToCpu"/> decides between the CPU and an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class TrainerCatalog
{
    private readonly IHostEnvironment _host;

    internal TrainerCatalog(IHostEnvironment host) => _host = host;

    /// <summary>
    /// Trains a <see cref="Networks.FullyConvolutionalNetwork"/> with the topology of FCN-8s over the encoder of
    /// <see cref="Networks.SegmentationNetworks.Default"/>.
    /// </summary>
    /// <param name="labelColumnName">One key a pixel, as <c>ReadMasks</c> gives it. Default <c>Label</c>.</param>
    /// <param name="imageColumnName">Images of any size. Default <c>Image</c>.</param>
    /// <param name="outputColumnName">The mask column that the trained transformer adds. Default <c>PredictedLabel</c>.</param>
    /// <param name="epochs">
    /// Times that every image is seen, at least 1. Default null: planned by the images, see <see cref="TrainerOptions.Epochs"/>.
    /// </param>
    public SegmentationTrainer FullyConvolutionalNetwork(
        string labelColumnName = "Label", string imageColumnName = "Image", string outputColumnName = "PredictedLabel",
        int? epochs = null) =>
        FullyConvolutionalNetwork(Options(labelColumnName, imageColumnName, outputColumnName, epochs));

    /// <summary>Trains a <see cref="Networks.FullyConvolutionalNetwork"/> over the encoder of the options.</summary>
    public SegmentationTrainer FullyConvolutionalNetwork(SegmentationTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SegmentationTrainer(
            _host, options, (encoder, classes) => Networks.FullyConvolutionalNetwork.Create(encoder, classes));
    }

    /// <summary>
    /// Trains a <see cref="Networks.UNet"/> over the encoder of <see cref="Networks.SegmentationNetworks.Default"/>.
    /// </summary>
    /// <inheritdoc cref="FullyConvolutionalNetwork(string, string, string, int?)"/>
    public SegmentationTrainer UNet(
        string labelColumnName = "Label", string imageColumnName = "Image", string outputColumnName = "PredictedLabel",
        int? epochs = null) =>
        UNet(Options(labelColumnName, imageColumnName, outputColumnName, epochs));

    /// <summary>Trains a <see cref="Networks.UNet"/> over the encoder of the options.</summary>
    public SegmentationTrainer UNet(SegmentationTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SegmentationTrainer(_host, options, (encoder, classes) => Networks.UNet.Create(encoder, classes));
    }

    /// <summary>Trains <see cref="Networks.SegmentationNetworks.Default"/>, as <c>mlseg train segmentation</c> does.</summary>
    /// <inheritdoc cref="FullyConvolutionalNetwork(string, string, string, int?)"/>
    public SegmentationTrainer SegmentationNetwork(
        string labelColumnName = "Label", string imageColumnName = "Image", string outputColumnName = "PredictedLabel",
        int? epochs = null) =>
        SegmentationNetwork(Options(labelColumnName, imageColumnName, outputColumnName, epochs));

    /// <summary>Trains <see cref="Networks.SegmentationNetworks.Default"/> over the encoder of the options.</summary>
    public SegmentationTrainer SegmentationNetwork(SegmentationTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SegmentationNetwork(Networks.SegmentationNetworks.Default with { Encoder = options.Encoder }, options);
    }

    /// <summary>Trains any network, such as one of <see cref="Networks.SegmentationNetworks"/>.</summary>
    /// <param name="network">The network; its encoder takes the place of the options'.</param>
    /// <param name="options">All else.</param>
    public SegmentationTrainer SegmentationNetwork(Networks.SegmentationNetwork network, SegmentationTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        return new SegmentationTrainer(
            _host, options with { Encoder = network.Encoder },
            (encoder, classes) => (network with { Encoder = encoder }).Create(classes));
    }

    /// <summary>Trains a <see cref="Networks.ConvolutionalAutoencoder"/> on gray images of 28×28, as MNIST's are.</summary>
    /// <param name="imageColumnName">Images of any size; they are stretched to the network's. Default <c>Image</c>.</param>
    /// <param name="outputColumnName">
    /// The reconstruction column that the trained transformer adds. Default <c>Reconstruction</c>.
    /// </param>
    /// <param name="latent">Features that an image is squeezed into, at least 1. Default 2.</param>
    /// <param name="epochs">Times that every image is seen, at least 1. Default 10.</param>
    public AutoencoderTrainer ConvolutionalAutoencoder(
        string imageColumnName = "Image", string outputColumnName = "Reconstruction", int latent = 2, int epochs = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        return ConvolutionalAutoencoder(new AutoencoderTrainerOptions
        {
            ImageColumnName = imageColumnName,
            OutputColumnName = outputColumnName,
            Latent = latent,
            Epochs = epochs,
        });
    }

    /// <summary>
    /// Trains a <see cref="Networks.ConvolutionalAutoencoder"/> of the options' size, channels and latent width.
    /// </summary>
    public AutoencoderTrainer ConvolutionalAutoencoder(AutoencoderTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AutoencoderTrainer(_host, options, isOverFeatures: false);
    }

    /// <summary>
    /// Trains a <see cref="Networks.FeatureAutoencoder"/> on images of what is as it should be, with the options
    /// <see cref="AutoencoderTrainerOptions.OfFeatures"/>. The trained transformer adds <c>ReconstructionError</c>,
    /// <c>ErrorMap</c> and <c>AnomalyScore</c>.
    /// </summary>
    /// <param name="imageColumnName">Images of any size; they are stretched to the network's. Default <c>Image</c>.</param>
    public AutoencoderTrainer FeatureAutoencoder(string imageColumnName = "Image") =>
        FeatureAutoencoder(AutoencoderTrainerOptions.OfFeatures with { ImageColumnName = imageColumnName });

    /// <summary>Trains a <see cref="Networks.FeatureAutoencoder"/> over the encoder of the options.</summary>
    /// <param name="options">Best varied from <see cref="AutoencoderTrainerOptions.OfFeatures"/>.</param>
    public AutoencoderTrainer FeatureAutoencoder(AutoencoderTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AutoencoderTrainer(_host, options, isOverFeatures: true);
    }

    /// <summary>Trains the <see cref="Networks.ResidualNetwork"/> on gray images of 28×28, as MNIST's are.</summary>
    /// <param name="labelColumnName">One key an image, as <c>LoadIdxImages</c> gives it. Default <c>Label</c>.</param>
    /// <param name="imageColumnName">Images of any size; they are stretched to the network's. Default <c>Image</c>.</param>
    /// <param name="outputColumnName">
    /// The column with the class that the trained transformer adds. Default <c>PredictedLabel</c>.
    /// </param>
    /// <param name="epochs">Times that every image is seen, at least 1. Default 5.</param>
    public ImageClassificationTrainer ResidualNetwork(
        string labelColumnName = "Label",
        string imageColumnName = "Image",
        string outputColumnName = "PredictedLabel",
        int epochs = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        return ImageClassification(classes => Networks.ResidualNetwork.Create(classes), new ImageClassificationTrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            OutputColumnName = outputColumnName,
            Epochs = epochs,
        });
    }

    /// <summary>Trains any network that gives each image one class.</summary>
    /// <param name="network">
    /// Makes the network for a number of classes: its input has a fixed size, its first output is a vector of logits.
    /// </param>
    /// <param name="options">All else.</param>
    public ImageClassificationTrainer ImageClassification(
        Func<int, Layers.LayerGraph> network, ImageClassificationTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        return new ImageClassificationTrainer(_host, options, network);
    }

    private static SegmentationTrainerOptions Options(string label, string image, string output, int? epochs)
    {
        if (epochs is int number) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, nameof(epochs));
        return new() { LabelColumnName = label, ImageColumnName = image, OutputColumnName = output, Epochs = epochs };
    }
}
