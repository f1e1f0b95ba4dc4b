using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// A form in which somebody else may have exported a segmentation network: one convolution with random weights, and everything
/// around it that makes the form.
/// </summary>
internal sealed record ForeignForm
{
    public const int Height = 24, Width = 40;

    /// <summary>Where the channels of the image lie.</summary>
    public TensorLayout InputLayout { get; init; }

    /// <summary>The type of the image's elements, and of the scores where they are no labels.</summary>
    public OnnxElementType Type { get; init; } = OnnxElementType.Float;

    /// <summary>The image's channels.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>The number of images at a time; -1 where it is free.</summary>
    public long Batch { get; init; } = -1;

    /// <summary>Whether height and width are fixed.</summary>
    public bool IsFixed { get; init; }

    /// <summary>What the numbers of the output are.</summary>
    public ScoreKind Kind { get; init; }

    /// <summary>The scores of a pixel.</summary>
    public int Scores { get; init; } = 4;

    /// <summary>Where they lie.</summary>
    public TensorLayout OutputLayout { get; init; }

    /// <summary>Whether scores have half the image's size.</summary>
    public bool IsCoarser { get; init; }

    /// <summary>Whether the output is without a dimension for images; only for one image of a fixed size.</summary>
    public bool IsWithoutBatch { get; init; }

    /// <summary>The operator set, 11 or later.</summary>
    public int OperatorSet { get; init; } = 17;

    /// <summary>The name of the input.</summary>
    public string Input { get; init; } = "x";

    /// <summary>The name of the output.</summary>
    public string Output { get; init; } = "y";

    /// <summary>The name of the convolution's value and node.</summary>
    public string Inside { get; init; } = "inside";

    /// <summary>The name of a second output of half the size; empty for none.</summary>
    public string Auxiliary { get; init; } = "";

    private bool IsHalf => Type == OnnxElementType.Float16;

    private OnnxDimension H => IsFixed ? Height : "height";

    private OnnxDimension W => IsFixed ? Width : "width";

    private OnnxDimension N => Batch < 0 ? "batch" : Batch;

    /// <summary>The options that say what the file does not.</summary>
    public SegmentationModelOptions Options(ImagePreparation preparation) => new()
    {
        Preparation = preparation,
        Scores = Kind,
        Output = Output,
        Classes = Kind == ScoreKind.Labels ? Scores : null,
        Threads = 1,
    };

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        var graph = new OnnxGraphBuilder("form");
        string image = InputLayout == TensorLayout.ChannelsFirst
            ? graph.Input(Input, Type, N, Channels, H, W)
            : graph.Input(Input, Type, N, H, W, Channels);
        if (Type != OnnxElementType.Float) image = graph.Node("Cast", [image], ("to", (long)OnnxElementType.Float));
        if (InputLayout == TensorLayout.ChannelsLast)
            image = graph.Node("Transpose", [image], ("perm", new long[] { 0, 3, 1, 2 }));
        graph.Scope = Inside;
        string logits = graph.Node(
            "Conv", [image, Weights(graph), Biases(graph)], ("kernel_shape", new long[] { 3, 3 }),
            ("pads", new long[] { 1, 1, 1, 1 }));
        graph.Scope = "";
        string half = graph.Node(
            "AveragePool", [logits], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        Write(graph, Output, IsCoarser ? half : logits, IsCoarser);
        if (Auxiliary.Length > 0) Write(graph, Auxiliary, half, isCoarser: true);
        return WithOperatorSet(graph.ToModel(new Dictionary<string, string> { ["author"] = "somebody" }), OperatorSet);
    }

    private static byte[] WithOperatorSet(byte[] model, int version)
    {
        ModelProto file = OnnxModel.Parse(model);
        file.OpsetImport[0].Version = version;
        return Google.Protobuf.MessageExtensions.ToByteArray(file);
    }

    private void Write(OnnxGraphBuilder graph, string name, string value, bool isCoarser)
    {
        value = graph.Node("Transpose", [value], ("perm", new long[] { 0, 2, 3, 1 }));
        if (Kind == ScoreKind.Probabilities) value = graph.Node(Scores == 1 ? "Sigmoid" : "Softmax", [value], Axis());
        if (Kind == ScoreKind.IndependentProbabilities) value = graph.Node("Sigmoid", [value]);
        OnnxDimension h = isCoarser ? IsFixed ? Height / 2 : "h" : H, w = isCoarser ? IsFixed ? Width / 2 : "w" : W;
        if (Kind == ScoreKind.Labels)
        {
            value = graph.Node("ArgMax", [value], ("axis", 3L), ("keepdims", 0L));
            graph.Output(name, value, OnnxElementType.Int64, N, h, w);
            return;
        }
        bool isFirst = OutputLayout == TensorLayout.ChannelsFirst;
        if (isFirst) value = graph.Node("Transpose", [value], ("perm", new long[] { 0, 3, 1, 2 }));
        OnnxElementType type = IsHalf ? OnnxElementType.Float16 : OnnxElementType.Float;
        if (IsHalf) value = graph.Node("Cast", [value], ("to", (long)type));
        OnnxDimension[] dimensions = isFirst ? [N, Scores, h, w] : [N, h, w, Scores];
        if (IsWithoutBatch)
        {
            dimensions = dimensions[1..];
            value = graph.Node(
                "Reshape", [value, graph.Initializer("shape", [3], [.. dimensions.Select(dimension => dimension.Size)])]);
        }
        graph.Output(name, value, type, dimensions);
    }

    private (string, object)[] Axis() => Scores == 1 ? [] : [("axis", 3L)];

    private string Weights(OnnxGraphBuilder graph)
    {
        var random = new Random(7);
        float scale = Type == OnnxElementType.UInt8 ? 1f / 255 : 1;
        float[] weights = [.. Enumerable.Range(0, Scores * Channels * 9).Select(_ => scale * (random.NextSingle() - 0.5f))];
        return graph.Initializer("weights", [Scores, Channels, 3, 3], weights);
    }

    // On bytes the mean of the prepared image is not 0.
    private string Biases(OnnxGraphBuilder graph)
    {
        var random = new Random(8);
        return graph.Initializer(
            "biases", [Scores], [.. Enumerable.Range(0, Scores).Select(_ => 0.1f * (random.NextSingle() - 0.5f))]);
    }
}
