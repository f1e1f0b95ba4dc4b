using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch.nn;

namespace MLSegmentation.Training;

/// <summary>
/// Trains a <see cref="ConvolutionalAutoencoder"/> or an <see cref="EncoderAutoencoder"/> with TorchSharp, exports it to ONNX in
/// memory and returns the transformer that scores it. Made by <c>mlContext.Segmentation.Trainers</c>.
/// </summary>
public sealed class AutoencoderTrainer : IEstimator<ReconstructImageTransformer>
{
    private readonly IHostEnvironment _host;
    private readonly AutoencoderTrainerOptions _options;
    private readonly LayerGraph _graph;

    internal AutoencoderTrainer(IHostEnvironment host, AutoencoderTrainerOptions options)
    {
        _host = host;
        _options = options.Validate();
        var (width, height) = (options.ImageWidth, options.ImageHeight);
        _graph = options.Encoder is { } encoder
            ? EncoderAutoencoder.Create(encoder, options.Channels, options.Latent)
            : ConvolutionalAutoencoder.Create(width, height, options.Channels, options.Latent);
        int multiple = _graph.SizeMultiple;
        if (width < multiple || height < multiple || width % multiple != 0 || height % multiple != 0)
        {
            throw new ArgumentException(
                $"The images are to be {width}x{height}; the network '{_graph.Name}' takes multiples "
                + $"of {multiple}.", nameof(options));
        }
        if (options.Encoder is not null && options.Scoring.LatentColumnName is not null)
        {
            throw new ArgumentException(
                $"The scoring options ask for the latent column '{options.Scoring.LatentColumnName}', but the code of "
                + $"'{_graph.Name}' "
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
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became no number; the exception holds the last good model.
    /// </exception>
    public ReconstructImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        var (width, height) = (_options.ImageWidth, _options.ImageHeight);
        SampleRange? range = SampleRangeAnnotation.Find(ColumnTypes.Find(input.Schema, _options.ImageColumnName));
        if (_options.Plan)
        {
            var (planned, plan) = MachinePlanning.Run(
                _options, _graph, Shape.Map(_options.Channels, width, height), SampleSource.Count(input), setup.Device,
                (images, given) => functional.mse_loss(given, images));
            setup.Use(planned);
            setup.Report(plan);
        }
        using TorchNetwork network = setup.CreateNetwork(_graph);
        // Made once with the untrained network, so that scoring options that do not fit are found before the training and not
        // after it.
        Score(setup.TrialHost, AutoencoderExporter.Export(network, width, height, range), input).Dispose();
        SampleSource source = setup.Read(
            input, new ReconstructionRowReader(_options.ImageColumnName, _options.Channels, width, height));
        BatchLoader loader = setup.CreateLoader(
            source, _options.Augmentation, _options.Channels, width, height, hasLabels: false);
        byte[] model = setup.Train(
            network, new ReconstructionTask(loader, source), Shape.Map(_options.Channels, width, height), $"of {width}×{height}",
            [(ResumeRules.ImageSize, $"{width}x{height}")],
            _ => AutoencoderExporter.Export(network, width, height, range));
        return Score(_host, model, input);
    }

    /// <inheritdoc cref="SegmentationTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ImageDataViewType image = ColumnShapes.RequireImage(inputSchema, _options.ImageColumnName);
        return ColumnShapes.With(
            inputSchema,
            ReconstructImageSetup.DescribeOutputs(_options.OutputColumnName, _options.Scoring, image, latentSize: 1));
    }

    private ReconstructImageTransformer Score(IHostEnvironment host, byte[] model, IDataView input) =>
        new ReconstructImageEstimator(
            host, _options.OutputColumnName, _options.ImageColumnName, OnnxModelSource.Of(model, "The trained model"),
            _options.Scoring).Fit(input);
}
