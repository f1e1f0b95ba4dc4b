using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// What an ONNX model that takes an image says about itself: its inputs and outputs, shapes, classes and metadata.
/// </summary>
public sealed class OnnxModelInfo
{
    /// <summary>More classes are refused: each has a name and a colour, which few bytes must not claim memory for.</summary>
    internal const int MostClasses = 1_000_000;

    // A model of this project says which outputs it has: its nodes are looked through only for another one.
    private readonly Lazy<SegmentationOutputs> _outputs;

    private OnnxModelInfo(string source, OnnxDeclaration model, OnnxGraph graph)
    {
        (Inputs, Outputs) = (model.Inputs, model.Outputs);
        (Metadata, Description) = ReadMetadata(source, model.Properties);
        InputFormat = Inputs.Select(input => ImageInputFormat.Of(input, graph)).FirstOrDefault(format => format is not null)
            ?? throw new InvalidDataException(OtherModels.FindPrompted(Inputs, image: null) is { } prompted
                ? $"{source} has no image input: it {prompted.Text}"
                : $"{source} has no image input: expected an input of float, float16 or uint8 and shape [N,C,H,W] or [N,H,W,C], "
                + $"C 1, 3 or 4, found {List(Inputs)}.");
        if ((double)(InputFormat.Batch ?? 1) * (Height ?? 1) * (Width ?? 1) > ImageLimit.Pixels)
        {
            throw new InvalidDataException(
                $"{source} takes images of more than {ImageLimit.Pixels / 1_000_000} million pixels ({ImageInput}). "
                + "Export it for one image, of a smaller size or a free one.");
        }
        _outputs = new(() => new SegmentationOutputs(graph, Inputs, Outputs, InputFormat, Metadata.ClassNames.Count));
        Scores = FindScores();
        FoundPreparations = FindPreparations(graph);
        if (Metadata is { ForegroundThreshold: not null, Task.Length: > 0 } && Scores is { Channels: not (null or 2) })
        {
            throw new InvalidDataException(
                $"{source} has a foreground's threshold in its metadata, but {Scores.Channels} channels in its output "
                + $"{Scores.Value}, expected 2, those of the background and the foreground.");
        }
        if (ClassCount > MostClasses)
        {
            throw new InvalidDataException(
                $"{source} has {ClassCount} classes in its output {Scores!.Value}, expected at most {MostClasses}.");
        }
        if (ClassCount > 0 && Metadata.ClassNames.Count > 0 && Metadata.ClassNames.Count != ClassCount)
        {
            throw new InvalidDataException(
                $"{source} names {Metadata.ClassNames.Count} classes ({ClassText.Join(Metadata.ClassNames)}) in "
                + $"{Description?.Source ?? "its metadata"}, "
                + $"but its output {Scores!.Value} has {ClassCount} channels.");
        }
    }

    /// <summary>The graph's inputs.</summary>
    public IReadOnlyList<OnnxValueInfo> Inputs { get; }

    /// <summary>The graph's outputs.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs { get; }

    /// <summary>What the graph says about itself; every value has its default in a graph from elsewhere.</summary>
    public ImageModelMetadata Metadata { get; }

    /// <summary>
    /// The input that takes the image: the first of float, half precision or bytes and shape [N,C,H,W] or [N,H,W,C], where C is
    /// 1, 3 or 4, or free. A free number of channels is told by its name or by the graph's first convolution; else it is 3.
    /// </summary>
    public OnnxValueInfo ImageInput => InputFormat.Value;

    /// <summary>The image's channels that the graph takes: 1 (gray), 3 (colour) or 4 (colour and alpha).</summary>
    public int Channels => InputFormat.Channels;

    /// <summary>The only height in pixels that the graph takes; null where it takes any.</summary>
    public int? Height => InputFormat.Height;

    /// <summary>The only width in pixels that the graph takes; null where it takes any.</summary>
    public int? Width => InputFormat.Width;

    /// <summary>
    /// What is done to the values of pixels before the graph, as the model says. Null where it does not, and where its nodes and
    /// the files beside it say two things.
    /// </summary>
    public ImagePreparation? Preparation => FoundPreparation?.Preparation;

    /// <summary>Where <see cref="Preparation"/> was found; null where it was not.</summary>
    public string? PreparationSource => FoundPreparation?.Source;

    /// <summary>
    /// Height and width must be multiples of this, as the metadata says, or names of sizes such as <c>32*h</c>; 1 by default. Of
    /// a model from elsewhere that says nothing, it is found by trying when it scores.
    /// </summary>
    public int SizeMultiple => SaidMultiple ?? 1;

    /// <summary>
    /// The classes that the graph tells apart: the channels of the output that is read unless another is chosen. Its shape
    /// declares them, or the weights before it have them. 2 where it has one channel, the score of a foreground. 0 where the
    /// number is free, for an output of labels, and in a graph that does not segment.
    /// </summary>
    public int ClassCount => Scores?.Channels is 1 ? 2 : Scores?.Channels ?? 0;

    /// <summary>What others say about the model; null where it says it itself, or nobody does.</summary>
    internal ModelDescription? Description { get; }

    /// <summary>The preparation that the model says it wants; null where it does not, or contradicts itself.</summary>
    internal FoundPreparation? FoundPreparation => FoundPreparations is [var only] ? only : null;

    /// <summary>The preparations that are said: none, one, or two that contradict each other.</summary>
    internal IReadOnlyList<FoundPreparation> FoundPreparations { get; }

    /// <summary>What height and width must be multiples of; null where nothing says it.</summary>
    internal int? SaidMultiple
    {
        get
        {
            if (Metadata.Task.Length > 0 || Metadata.SizeMultiple > 1) return Metadata.SizeMultiple;
            if (Height is not null && Width is not null) return 1;
            return InputFormat.NamedMultiple > 1 ? InputFormat.NamedMultiple : null;
        }
    }

    /// <summary>The form in which the graph takes the image.</summary>
    internal ImageInputFormat InputFormat { get; }

    /// <summary>The output that tells each pixel's class; null in a graph that does not segment.</summary>
    internal SegmentationOutput? Scores { get; }

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model. Or it keeps weights in another file that is not whole, or not in its folder or below. Or it has no
    /// image input, or one of more than 400 million pixels. Or its class names do not fit its output.
    /// </exception>
    public static OnnxModelInfo FromFile(string path) => FromBytes(OnnxModelFile.Read(path), OnnxModelFile.Name(path));

    /// <summary>Reads a model.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, or keeps weights in another file. Or it has no image input, or one of more than 400 million pixels.
    /// Or its class names do not fit its output.
    /// </exception>
    public static OnnxModelInfo FromBytes(byte[] model) => FromBytes(model, "The model");

    /// <summary>
    /// Reads a model that a session is to be opened of, which says whether it can be run. No other session is opened, unless the
    /// file leaves types or shapes out that only a session infers.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no ONNX model, or not one that takes an image.</exception>
    internal static OnnxModelInfo Of(OnnxModelSource source) => LoadingMemory.Load(source.Read, model =>
    {
        OnnxModelFile.Check(model, source.Name);
        if (OnnxDeclaration.TryRead(model) is not { } declared) return FromBytes(model, source.Name);
        var info = new OnnxModelInfo(source.Name, declared, OnnxGraphReader.Read(model));
        return info.LeavesChannelsOpen ? FromBytes(model, source.Name) : info;
    });

    /// <summary>Reads a model, and tries whether it can be run; <paramref name="source"/> is what errors call it.</summary>
    internal static OnnxModelInfo FromBytes(byte[] model, string source)
    {
        // Nothing runs here, so optimizing the graph and laying out its weights would be time and memory lost.
        using SessionOptions options = OnnxModelFile.CreateOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.AddSessionConfigEntry("session.disable_prepacking", "1");
        using InferenceSession session = OnnxModelFile.Open(model, source, options);
        return new OnnxModelInfo(source, OnnxDeclaration.Of(session), OnnxGraphReader.Read(model));
    }

    /// <summary>The output of that name, or null.</summary>
    internal OnnxValueInfo? FindOutput(string name) => Outputs.FirstOrDefault(output => output.Name == name);

    /// <summary>The output that is read.</summary>
    /// <param name="source">What errors call the model.</param>
    /// <param name="output">Its name; null for <see cref="Scores"/>.</param>
    /// <exception cref="ArgumentException">There is no such output, or it tells no pixel's class.</exception>
    /// <exception cref="InvalidDataException">The model does not segment.</exception>
    internal SegmentationOutput RequireScores(string source, string? output)
    {
        if (output is not null && output != Scores?.Name && Metadata.Task is "" or ModelTasks.Segmentation)
        {
            return _outputs.Value.Find(output) ?? throw new ArgumentException(
                $"{source} has no output '{PrintableText.Of(output)}' that tells the class of each pixel; its outputs are "
                + $"{List(Outputs)}. Set Output to one of scores or labels.", "options");
        }
        if (Scores is null && Metadata.Task.Length == 0 && Description?.OtherTask is null && _outputs.Value.Candidates.Count > 1)
        {
            throw new ArgumentException(
                $"{source} has several outputs that may tell the class of each pixel, and nothing tells which is the largest: "
                + $"{List([.. _outputs.Value.Candidates.Select(candidate => candidate.Value)])}. Set Output to the name of one.",
                "options");
        }
        return Scores ?? throw new InvalidDataException(Metadata.Task switch
        {
            "" when Description?.OtherTask is { } task => $"{source} does not segment: {Description.Source} says what "
                + $"it is, {PrintableText.Of(task)}. {OtherModels.Instead} "
                + "Set Output to an output that has such scores all the same.",
            "" when _outputs.Value.OtherModel is { } other => $"{source} does not segment: it {other}",
            ModelTasks.Reconstruction => $"{source} does not segment: it gives the image back. Use ReconstructImage.",
            ModelTasks.Classification => $"{source} does not segment: it gives the whole image a class. Use ClassifyImage.",
            _ => $"{source} does not segment: expected an output of scores, [N,C,H,W] or [N,H,W,C], or of labels, [N,H,W], found "
                + $"{List(Outputs)}.",
        });
    }

    /// <summary>Whether the number of classes is neither declared nor told by the nodes; a session may infer it.</summary>
    private bool LeavesChannelsOpen => Scores is null
        ? Outputs.Any(output => output.Dimensions is [_, < 1]
            || output is { Name: GraphNames.Reconstruction, Dimensions: [_, < 1, ..] })
        : Scores is { Channels: null, Kind: not ScoreKind.Labels };

    private FoundPreparation[] FindPreparations(OnnxGraph graph)
    {
        if (Metadata.Task.Length > 0) return [new FoundPreparation(ImagePreparation.AsIs, "the model's metadata")];
        FoundPreparation? ofNodes = GraphPreparation.Find(graph, InputFormat);

        // Whatever others say of an image, an input of bytes takes bytes.
        if (InputFormat.IsOfBytes || Description?.Preparation is not { } said) return ofNodes is null ? [] : [ofNodes];
        var described = new FoundPreparation(said, Description.Source);
        return ofNodes is null || ofNodes.Allows(said) ? [described] : [described, ofNodes];
    }

    private SegmentationOutput? FindScores()
    {
        if (Metadata.Task.Length == 0) return Description?.OtherTask is null ? _outputs.Value.Best : null;
        if (Metadata.Task == ModelTasks.Reconstruction) return null;
        if (Metadata.Scores == ScoreKind.Labels)
        {
            return FindOutput(GraphNames.Mask) is { Dimensions.Count: 3 } mask
                ? new SegmentationOutput(mask, ScoreKind.Labels, TensorLayout.ChannelsFirst, HasBatch: true, null)
                : null;
        }
        OnnxValueInfo? scores = Outputs.FirstOrDefault(output => output.Name == GraphNames.Probabilities && IsScores(output))
            ?? Outputs.FirstOrDefault(IsScores);
        if (scores is null) return null;
        int channels = scores.Dimensions[1];
        return new SegmentationOutput(
            scores, Metadata.Scores
                ?? (scores.Name == GraphNames.Probabilities ? ScoreKind.Probabilities : _outputs.Value.Find(scores.Name)?.Kind),
            TensorLayout.ChannelsFirst, HasBatch: true, channels > 0 ? channels : null);
    }

    private static bool IsScores(OnnxValueInfo value) => value.ElementType == typeof(float) && value.Dimensions.Count == 4;

    private static string List(IReadOnlyList<OnnxValueInfo> values) => values.Count == 0 ? "none" : string.Join("; ", values);

    private static (ImageModelMetadata Metadata, ModelDescription? Description) ReadMetadata(
        string source, IReadOnlyDictionary<string, string> properties)
    {
        try
        {
            var own = ImageModelMetadata.FromProperties(properties);
            ModelDescription? description = own.Task.Length > 0 ? null
                : ModelDescription.FromProperties(properties) ?? UltralyticsProperties.Read(properties);
            return (description?.Facts ?? own, description);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(
                $"{source} has metadata that cannot be read: {PrintableText.Of(error.Message)}", error);
        }
    }
}
