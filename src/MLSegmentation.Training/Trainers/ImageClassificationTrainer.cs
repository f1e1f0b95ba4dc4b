using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLSegmentation.Training;

/// <summary>
/// Trains a network that gives each image one class with TorchSharp, exports it to ONNX in memory and returns the transformer
/// that scores it. Made by <c>mlContext.Segmentation.Trainers</c>.
/// </summary>
public sealed class ImageClassificationTrainer : IEstimator<ClassifyImageTransformer>
{
    private readonly IHostEnvironment _host;
    private readonly ImageClassificationTrainerOptions _options;
    private readonly Func<int, LayerGraph> _createNetwork;

    internal ImageClassificationTrainer(
        IHostEnvironment host, ImageClassificationTrainerOptions options, Func<int, LayerGraph> createNetwork) =>
        (_host, _options, _createNetwork) = (host, options.Validate(), createNetwork);

    /// <summary>Trains on the rows and returns the transformer with the trained model.</summary>
    /// <param name="input">Rows with the image and the label column.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The network's input has no fixed size, or it does not answer a score for each class of
    /// the label column.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a row without an image, no native library of TorchSharp, or not the GPU that the
    /// <see cref="MLContext"/> asks for.
    /// </exception>
    /// <exception cref="InvalidDataException">A row has no class.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss became no number; the exception holds the last good
    /// model.</exception>
    public ClassifyImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        string[] classNames = LabelColumn.ImageClassNames(ColumnTypes.Find(input.Schema, _options.LabelColumnName));
        LayerGraph graph = CreateGraph(classNames.Length);
        Shape shape = graph.Inputs[0].Shape;
        setup.Decide(_options, ResumedChoices.Of, _ => Decide(graph, input, setup.Device));
        using TorchNetwork network = setup.CreateNetwork(graph);
        // Made once with the untrained network, so that scoring options that do not fit are found before the training and not
        // after it.
        Score(setup.TrialHost, ClassificationExporter.Export(network, classNames), input).Dispose();

        var (channels, width, height) = ((int)shape.Channels, (int)shape.Width, (int)shape.Height);
        var reader = new ClassificationRowReader(
            _options.ImageColumnName, _options.LabelColumnName, classNames, channels, width, height);
        SampleSource source = setup.Read(input, reader);
        using BatchLoader loader = setup.CreateLoader(source, _options.Augmentation, channels, width, height, hasLabels: false);
        var task = new ClassificationTask(loader, source);
        byte[] model = setup.Train(
            network, task, shape, $"of {width}×{height}, {classNames.Length} classes",
            [(ResumeRules.Classes, string.Join(", ", classNames)), (ResumeRules.ImageSize, $"{width}x{height}")],
            _ => ClassificationExporter.Export(network, classNames));
        return Score(_host, model, input);
    }

    /// <summary>
    /// Counts the rows and tries a few steps, and says what <see cref="Fit"/> would decide with <see
    /// cref="TrainerOptions.Plan"/>. Nothing is trained or written.
    /// </summary>
    /// <param name="input">Rows with the image and the label column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The network's input has no fixed size.</exception>
    /// <exception cref="InvalidOperationException">There is no native library of TorchSharp, or not the GPU.</exception>
    public TrainingPlan Plan(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        string[] classNames = LabelColumn.ImageClassNames(ColumnTypes.Find(input.Schema, _options.LabelColumnName));
        return Decide(CreateGraph(classNames.Length), input, setup.Device).Plan;
    }

    /// <inheritdoc cref="SegmentationTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnShapes.RequireImage(inputSchema, _options.ImageColumnName);
        return ColumnShapes.With(
            inputSchema,
            ClassifyImageSetup.DescribeOutputs(_options.OutputColumnName, _options.Scoring, ColumnTypes.UnknownNames));
    }

    private LayerGraph CreateGraph(int classes)
    {
        LayerGraph graph = _createNetwork(classes);
        Shape shape = graph.Inputs[0].Shape;
        return shape.IsFree
            ? throw new ArgumentException(
                $"'{graph.Name}' takes images of any size {shape}, but a training batch has one; "
                + "describe it with a height and a width.")
            : graph;
    }

    private (ImageClassificationTrainerOptions Options, TrainingPlan Plan) Decide(
        LayerGraph graph, IDataView input, Device device) => MachinePlanning.Run(
            _options, graph, graph.Inputs[0].Shape, SampleSource.Count(input), device,
            (_, scores) => functional.cross_entropy(scores, zeros([scores.shape[0]], int64, device: scores.device)));

    private ClassifyImageTransformer Score(IHostEnvironment host, byte[] model, IDataView input) =>
        new ClassifyImageEstimator(
            host, _options.OutputColumnName, _options.ImageColumnName, OnnxModelSource.Of(model, "The trained model"),
            _options.Scoring).Fit(input);
}
