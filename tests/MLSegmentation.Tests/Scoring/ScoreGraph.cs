using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>
/// A graph from elsewhere: its scores are sums of a pixel's red, green and blue, in whatever form a test asks for. Its input is
/// float [N,3,H,W].
/// </summary>
internal sealed record ScoreGraph
{
    /// <summary>The name of the output.</summary>
    public const string Output = "scores";

    /// <summary>The logits of a pixel.</summary>
    public int Planes { get; init; } = 3;

    /// <summary>How many planes of zeros come before them.</summary>
    public int Zeros { get; init; }

    /// <summary>The factor by which rows and columns of scores are fewer than those of the image.</summary>
    public int Pool { get; init; } = 1;

    /// <summary>The operator that makes probabilities of logits, or none.</summary>
    public string? Activation { get; init; }

    /// <summary>Whether the number of the best class is answered.</summary>
    public bool AreLabels { get; init; }

    /// <summary>Whether labels keep an axis of size 1.</summary>
    public bool KeepsAxis { get; init; }

    public bool IsChannelsLast { get; init; }

    public bool HasBatch { get; init; } = true;

    /// <summary>The type of the answer.</summary>
    public OnnxElementType Type { get; init; } = OnnxElementType.Float;

    /// <summary>The only height and width; null where they are free.</summary>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>The only number of images; null where it is free.</summary>
    public int? Batch { get; init; }

    public byte[] ToModel()
    {
        var graph = new OnnxGraphBuilder("scores");
        OnnxDimension batch = Batch is { } count ? (OnnxDimension)(long)count : "N";
        string image = graph.Input("x", OnnxElementType.Float, batch, 3, Side(Size?.Height, "H"), Side(Size?.Width, "W"));
        int channels = Zeros + Planes;
        string weights = graph.Initializer("weights", [channels, 3, 1, 1], Weights(channels));
        string bias = graph.Initializer("bias", [channels], [.. Enumerable.Range(0, channels).Select(Bias)]);
        string value = graph.Node("Conv", [image, weights, bias]);
        if (Pool > 1)
        {
            value = graph.Node(
                "AveragePool", [value], ("kernel_shape", new long[] { Pool, Pool }), ("strides", new long[] { Pool, Pool }));
        }
        if (Activation is "Softmax") value = graph.Node("Softmax", [value], ("axis", 1L));
        else if (Activation is not null) value = graph.Node(Activation, [value]);
        if (AreLabels) value = graph.Node("ArgMax", [value], ("axis", 1L), ("keepdims", KeepsAxis ? 1L : 0L));
        bool hasClasses = !AreLabels || KeepsAxis;
        if (IsChannelsLast) value = graph.Node("Transpose", [value], ("perm", new long[] { 0, 2, 3, 1 }));
        if (!HasBatch) value = graph.Node("Squeeze", [value, graph.Initializer("axes", [1], [0L])]);
        if (AreLabels || Type != OnnxElementType.Float) value = graph.Node("Cast", [value], ("to", (long)Type));
        graph.Output(Output, value, Type, Shape(hasClasses, AreLabels ? 1 : channels));
        return graph.ToModel(new Dictionary<string, string>());
    }

    // No pixel has the logit 0, at which one channel is of the foreground and the second of two is not the first.
    private float Bias(int plane) => plane < Zeros ? 0 : (plane - Zeros) % 2 == 0 ? 0.47f : -0.23f;

    private static OnnxDimension Side(int? size, string name) => size is { } fixedSize ? (OnnxDimension)(long)fixedSize : name;

    private OnnxDimension[] Shape(bool hasClasses, int channels)
    {
        OnnxDimension height = Side(Size?.Height / Pool, Pool > 1 ? "h" : "H");
        OnnxDimension width = Side(Size?.Width / Pool, Pool > 1 ? "w" : "W");
        OnnxDimension[] batch = HasBatch ? [Batch is { } count ? (OnnxDimension)(long)count : "N"] : [],
            classes = hasClasses ? [channels] : [];
        return IsChannelsLast ? [.. batch, height, width, .. classes] : [.. batch, .. classes, height, width];
    }

    /// <summary>Differences of two channels, so that each logit is above 0 in some pixels and below in others.</summary>
    private float[] Weights(int channels)
    {
        var weights = new float[channels * 3];
        for (int plane = Zeros; plane < channels; plane++)
        {
            int at = plane - Zeros;
            weights[(plane * 3) + (at % 3)] = TestGraphs.Sharpness;
            weights[(plane * 3) + ((at + 1) % 3)] = -TestGraphs.Sharpness * (1 + at) / Planes;
        }
        return weights;
    }
}
