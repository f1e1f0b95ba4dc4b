using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLSegmentation.Training;

/// <summary>
/// Trains a <see cref="ConvolutionalAutoencoder"/>, an <see cref="EncoderAutoencoder"/> or a <see cref="FeatureAutoencoder"/>
/// with TorchSharp, exports it to ONNX in memory and returns the transformer that scores it. Made by
/// <c>mlContext.Segmentation.Trainers</c>.
/// </summary>
public sealed class AutoencoderTrainer : IEstimator<ReconstructImageTransformer>
{
    private readonly IHostEnvironment _host;
    private readonly AutoencoderTrainerOptions _options;
    private readonly bool _isOverFeatures;

    internal AutoencoderTrainer(IHostEnvironment host, AutoencoderTrainerOptions options, bool isOverFeatures)
    {
        (_host, _isOverFeatures) = (host, isOverFeatures);
        _options = options.Validate();
        if (isOverFeatures && options is not { Encoder: not null, Channels: 3 })
        {
            throw new ArgumentException(
                "A feature autoencoder is over an Encoder of images of 3 channels; vary AutoencoderTrainerOptions.OfFeatures.",
                nameof(options));
        }
        LayerGraph graph = CreateGraph(options.Encoder);
        var (width, height, multiple) = (options.ImageWidth, options.ImageHeight, graph.SizeMultiple);
        if (width < multiple || height < multiple || width % multiple != 0 || height % multiple != 0)
        {
            throw new ArgumentException(
                $"The images are to be {width}x{height}; the network '{graph.Name}' takes multiples "
                + $"of {multiple}.", nameof(options));
        }
        if (options.Encoder is not null && options.Scoring.LatentColumnName is not null)
        {
            throw new ArgumentException(
                $"The scoring options ask for the latent column '{options.Scoring.LatentColumnName}', but the code of "
                + $"'{graph.Name}' "
                + "is no vector. Set LatentColumnName to null.",
                nameof(options));
        }
    }

    /// <summary>Trains on the images and returns the transformer with the trained model.</summary>
    /// <param name="input">Rows with the image column; no label is needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or holds no images.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a row without an image, no native library of TorchSharp, or not the GPU that the
    /// <see cref="MLContext"/> asks for.
    /// </exception>
    /// <exception cref="FileNotFoundException">The weights of the encoder are not there.</exception>
    /// <exception cref="InvalidDataException">They are of another network.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became no number; the exception holds the last good model.
    /// </exception>
    public ReconstructImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        SampleRange? range = SampleRangeAnnotation.Find(ColumnTypes.Find(input.Schema, _options.ImageColumnName));
        using PretrainedWeights? pretrained = _options.PretrainedWeights is { } file ? StartingWeights.Open(file) : null;
        string origin = _options.PretrainedWeights is { } asked ? StartingWeights.NameOf(asked) : "";
        Encoder? encoder = Prepare(pretrained);
        LayerGraph graph = CreateGraph(encoder);
        setup.Decide(_options, ResumedChoices.Of, _ => Decide(graph, input, setup.Device));
        using TorchNetwork network = setup.CreateNetwork(graph);
        pretrained?.LoadInto(network, encoder!);

        // Made once with the untrained network, so that scoring options that do not fit are found before the training and not
        // after it.
        var (width, height) = (_options.ImageWidth, _options.ImageHeight);
        Score(setup.TrialHost, AutoencoderExporter.Export(network, width, height, range), input).Dispose();
        SampleSource source = setup.Read(
            input, new ReconstructionRowReader(_options.ImageColumnName, _options.Channels, width, height));
        using BatchLoader loader = setup.CreateLoader(
            source, _options.Augmentation, _options.Channels, width, height, hasLabels: false);
        if (_isOverFeatures) FeatureStatistics.Learn(network, source.Training(_options.CancellationToken));
        var image = Shape.Map(_options.Channels, width, height);
        using FeatureCache? features = _isOverFeatures && _options.Augmentation.OnlyFlips
            ? setup.CreateFeatureCache(network, source, image, _options.Augmentation.HorizontalFlip)
            : null;
        byte[] model = setup.Train(
            network, new ReconstructionTask(loader, source, _isOverFeatures, features), image, $"of {width}×{height}",
            [(ResumeRules.ImageSize, $"{width}x{height}")],
            _ => AutoencoderExporter.Export(network, width, height, range, origin));
        return Score(_host, model, input);
    }

    /// <summary>
    /// Counts the rows and tries a few steps, and says what <see cref="Fit"/> would decide with <see
    /// cref="TrainerOptions.Plan"/>. Nothing is trained or written.
    /// </summary>
    /// <param name="input">Rows with the image column.</param>
    /// <exception cref="InvalidOperationException">There is no native library of TorchSharp, or not the GPU.</exception>
    /// <exception cref="FileNotFoundException">The weights of the encoder are not there.</exception>
    /// <exception cref="InvalidDataException">They are of another network.</exception>
    public TrainingPlan Plan(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        using PretrainedWeights? pretrained = _options.PretrainedWeights is { } file ? StartingWeights.Open(file) : null;
        return Decide(CreateGraph(Prepare(pretrained)), input, setup.Device).Plan;
    }

    /// <inheritdoc cref="SegmentationTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ImageDataViewType image = ColumnShapes.RequireImage(inputSchema, _options.ImageColumnName);
        string? output = _isOverFeatures ? null : _options.OutputColumnName;
        return ColumnShapes.With(
            inputSchema, ReconstructImageSetup.DescribeOutputs(output, _options.Scoring, image, latentSize: 1));
    }

    /// <summary>The encoder as the weights expect images.</summary>
    private Encoder? Prepare(PretrainedWeights? pretrained) => pretrained is null
        ? _options.Encoder
        : _options.Encoder! with { Preprocessing = pretrained.Preprocessing };

    private (AutoencoderTrainerOptions Options, TrainingPlan Plan) Decide(LayerGraph graph, IDataView input, Device device) =>
        MachinePlanning.Run(
            _options, graph, Shape.Map(_options.Channels, _options.ImageWidth, _options.ImageHeight), SampleSource.Count(input),
            device, (images, given) => _isOverFeatures ? given.mean() : functional.mse_loss(given, images));

    private LayerGraph CreateGraph(Encoder? encoder)
    {
        if (encoder is null)
        {
            return ConvolutionalAutoencoder.Create(
                _options.ImageWidth, _options.ImageHeight, _options.Channels, _options.Latent);
        }
        return _isOverFeatures
            ? FeatureAutoencoder.Create(encoder, _options.Latent)
            : EncoderAutoencoder.Create(encoder, _options.Channels, _options.Latent);
    }

    private ReconstructImageTransformer Score(IHostEnvironment host, byte[] model, IDataView input) =>
        new ReconstructImageEstimator(
            host, _options.OutputColumnName, _options.ImageColumnName, OnnxModelSource.Of(model, "The trained model"),
            _options.Scoring).Fit(input);
}
