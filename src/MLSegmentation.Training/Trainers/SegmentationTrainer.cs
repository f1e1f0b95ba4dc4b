using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>
/// Trains a segmentation network with TorchSharp, exports it to ONNX in memory and returns the transformer that scores it. Made
/// by <c>mlContext.Segmentation.Trainers</c>. <c>MLContext.Log</c> is told first what the training will be, then every few
/// seconds how it goes.
/// </summary>
public sealed class SegmentationTrainer : IEstimator<SegmentImageTransformer>
{
    private readonly IHostEnvironment _host;
    private readonly SegmentationTrainerOptions _options;
    private readonly Func<Encoder, int, LayerGraph> _createNetwork;

    internal SegmentationTrainer(
        IHostEnvironment host, SegmentationTrainerOptions options, Func<Encoder, int, LayerGraph> createNetwork)
    {
        const int AnyClasses = 2;
        _host = host;
        _options = options.Validate(createNetwork(options.Encoder, AnyClasses).SizeMultiple);
        _createNetwork = createNetwork;
    }

    /// <summary>Trains on the rows and returns the transformer with the trained model.</summary>
    /// <param name="input">
    /// Rows with the image and the label column. They are read once, or once an epoch where they do not fit into memory.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There are more than 256 classes.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a row without an image, one class only, no native library of TorchSharp, or not the GPU that the
    /// <see cref="MLContext"/> asks for.
    /// </exception>
    /// <exception cref="FileNotFoundException">
    /// The weights that the options name are not on this machine; or the default ones, where the encoder is frozen.
    /// </exception>
    /// <exception cref="InvalidDataException">A row has a label of another size than its image.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became no number; the exception holds the last good model.
    /// </exception>
    public SegmentImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        DataViewSchema.Column image = ColumnTypes.Find(input.Schema, _options.ImageColumnName);
        string[] classNames = ClassNames(input);
        StartingWeights start = StartingWeights.Of(_options);
        setup.Say(start.Note);
        using PretrainedWeights? pretrained = start.Open();
        Encoder encoder = start.Prepare(_options.Encoder, pretrained);
        LayerGraph graph = _createNetwork(encoder, classNames.Length);
        SegmentationTrainerOptions options = setup.Decide(
            _options with { PretrainedWeights = start.Name }, ResumedChoices.OfSegmentation,
            asked => SegmentationPlanning.Run(asked, input, graph, classNames, setup.Device));
        TrainingSize size = TrainingSize.Choose(options, input, image, graph.SizeMultiple, options.CancellationToken);
        ImageSizing sizing = options.Sizing!.Value;
        using TorchNetwork network = setup.CreateNetwork(graph);
        pretrained?.LoadInto(network, encoder);
        if (!_options.InitialModel.IsEmpty) OnnxWeights.CopyTo(network, _options.InitialModel.Span);
        var metadata = new ImageModelMetadata
        {
            ClassNames = classNames,
            EncoderWeights = start.Origin,
            Palette = _options.Palette ?? Palette.Voc(classNames.Length),
            HasGivenPalette = _options.Palette is not null,
            IgnoreLabel = _options.IgnoreLabel,
            IgnoreColour = _options.IgnoreColour,
            ImageWidth = size.ImageWidth,
            ImageHeight = size.ImageHeight,
            Sizing = sizing,
            SampleRange = _options.SampleRange ?? SampleRangeAnnotation.Find(image),
        };
        CheckScoring(setup.TrialHost, graph, metadata, input);

        var reader = new SegmentationRowReader(
            _options.ImageColumnName, _options.LabelColumnName, classNames, sizing, size.ImageWidth, size.ImageHeight);
        SampleSource source = setup.Read(input, reader);
        var frequencies = new ClassFrequencies(source.Training(_options.CancellationToken), classNames.Length);
        LabelColumn.RequireTwoClasses(frequencies, classNames);
        float[] classWeights = options.Loss.ClassWeights is { } weights
            ? [.. weights]
            : frequencies.Weights(options.Loss.ClassWeighting!.Value);

        CollapseRemedy remedy = CollapseRemedy.Of(_options.Loss, options.Loss, classWeights, frequencies, _options.Plan);
        using BatchLoader loader = setup.CreateLoader(
            source, options.Augmentation, 3, size.WindowWidth, size.WindowHeight, hasLabels: true);
        var window = Shape.Map(3, size.WindowWidth, size.WindowHeight);
        using FeatureCache? features = network.FrozenPart is not null && size.IsWhole && options.ShowsTheSameImages
            ? setup.CreateFeatureCache(network, source, window, options.Augmentation.HorizontalFlip)
            : null;
        var task = new SegmentationTask(
            loader, source, new SegmentationLoss(classWeights, options.Loss, network.Device), metadata.Palette, features,
            (new CollapseWatch(classNames, network.Device) { Remedy = remedy },
                new SegmentationLoss(remedy.ClassWeights, remedy.Loss, network.Device)));
        byte[] model = setup.Train(
            network, task, window,
            $"{size.Describe(sizing)}, {classNames.Length} classes",
            [
                (ResumeRules.Classes, string.Join(", ", classNames)),
                (ResumeRules.ImageSize, $"{size.ImageWidth}x{size.ImageHeight}"),
                (ResumeRules.Window, $"{size.WindowWidth}x{size.WindowHeight}"),
                (nameof(SegmentationTrainerOptions.Encoder), encoder.Describe()),
            ],
            note =>
            {
                ScoringChoice choice = new ScoringSearch(network, classNames, _options.Scoring).Run(
                    task.ValidationBatches(_options.CancellationToken), new BatchParts(note));
                foreach (string reason in choice.Reasons) note(reason);
                return SegmentationExporter.Export(network, metadata with
                {
                    ForegroundThreshold = choice.Threshold,
                    MinRegionPixels = choice.MinRegionPixels,
                });
            });
        return Score(_host, model, input);
    }

    /// <summary>
    /// Looks at the rows and tries a few steps, and says what <see cref="Fit"/> would decide with <see
    /// cref="TrainerOptions.Plan"/>. Nothing is trained or written.
    /// </summary>
    /// <param name="input">Rows with the image and the label column.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a row without an image, one class only, or no native library of TorchSharp.
    /// </exception>
    /// <exception cref="InvalidDataException">A row has a label of another size than its image.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public TrainingPlan Plan(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var setup = new TrainingSetup(_host, _options);
        string[] classNames = ClassNames(input);
        StartingWeights start = StartingWeights.Of(_options);
        using PretrainedWeights? pretrained = start.Open();
        LayerGraph graph = _createNetwork(start.Prepare(_options.Encoder, pretrained), classNames.Length);
        return SegmentationPlanning.Run(
            _options with { PretrainedWeights = start.Name }, input, graph, classNames, setup.Device).Plan;
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ImageDataViewType image = ColumnShapes.RequireImage(inputSchema, _options.ImageColumnName);
        // Only a trained model tells the size that it sees images in.
        ImageDataViewType mask = _options.Scoring.MaskSize == MaskSize.Image ? image : new ImageDataViewType();
        return ColumnShapes.With(
            inputSchema,
            SegmentImageSetup.DescribeOutputs(
                _options.OutputColumnName, _options.Scoring, ColumnTypes.UnknownNames, image, mask));
    }

    private SegmentImageTransformer Score(IHostEnvironment host, byte[] model, IDataView input) =>
        new SegmentImageEstimator(
            host, _options.OutputColumnName, _options.ImageColumnName, OnnxModelSource.Of(model, "The trained model"),
            _options.Scoring).Fit(input);

    /// <summary>
    /// Finds scoring options that do not fit before the training and not after it. Two layers with the network's strides will do
    /// for that: the network itself may have half a gigabyte of weights.
    /// </summary>
    private void CheckScoring(IHostEnvironment host, LayerGraph graph, ImageModelMetadata metadata, IDataView input)
    {
        SymbolicTensor image = SymbolicTensor.Input(graph.Inputs[0].Shape);
        int stride = graph.SizeMultiple;
        var score = new Conv2D(metadata.ClassNames.Count, 1) { Name = "score", Stride = stride, Padding = PaddingKind.Valid };
        SymbolicTensor scores = new UpSampling2D(stride) { Name = "up" }.Apply(score.Apply(image));
        using var simplest = new TorchNetwork(new LayerGraph(graph.Name, [image], [scores]));
        Score(host, SegmentationExporter.Export(simplest, metadata), input).Dispose();
    }

    private string[] ClassNames(IDataView input)
    {
        DataViewSchema.Column image = ColumnTypes.Find(input.Schema, _options.ImageColumnName),
            label = ColumnTypes.Find(input.Schema, _options.LabelColumnName);
        ColumnTypes.RequireImage(image);
        string[] classNames = LabelColumn.ClassNames(label);
        SegmentationExporter.RequireClassCount(classNames.Length, nameof(input));
        RequireClassWeights(classNames);
        if (_options.Palette is { } colours && colours.Count != classNames.Length)
        {
            throw new InvalidOperationException(
                $"The palette has {colours.Count} colours for the {classNames.Length} classes {ClassText.Join(classNames)}; give "
                + "one for each.");
        }
        return classNames;
    }

    private void RequireClassWeights(string[] classNames)
    {
        if (_options.Loss.ClassWeights is not { } weights
            || (weights.Count == classNames.Length && weights.All(weight => weight >= 0)))
            return;
        throw new InvalidOperationException(
            $"The class weights are {string.Join(", ", weights)}; give one of at least 0 for each of the "
            + $"classes {ClassText.Join(classNames)}.");
    }
}
