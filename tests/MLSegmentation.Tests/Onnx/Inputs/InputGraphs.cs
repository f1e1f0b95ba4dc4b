using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Graphs of three classes that take images in any form and give the same scores of each.</summary>
internal static class InputGraphs
{
    private static readonly float[] _weights = [1, -0.5f, 0.25f, 0.4f, -0.75f, 1, 0.3f, -0.4f, 0.2f, 0.1f, -0.9f, 0.3f];
    private static readonly float[] _bias = [0.3f, 60.7f, 50.1f];

    /// <summary>
    /// The score of a class is a sum of the channels with weights of its own; none of these names or sizes tells more than asked.
    /// </summary>
    /// <param name="type">The type of the input; scores are floats.</param>
    /// <param name="layout">Where channels lie.</param>
    /// <param name="channels">How many the graph takes.</param>
    /// <param name="dimensions">The input's sizes; by default the channels alone are fixed.</param>
    public static byte[] Create(
        OnnxElementType type, TensorLayout layout, int channels, params OnnxDimension[] dimensions)
    {
        var graph = new OnnxGraphBuilder("input");
        if (dimensions.Length == 0) dimensions = Sizes(layout, "n", channels);
        string image = ToPlanes(graph, graph.Input("x", type, dimensions), type, layout);
        string weights = graph.Initializer("w", [3, channels, 1, 1], _weights.AsSpan(0, 3 * channels));
        string logits = graph.Node("Conv", [image, weights, graph.Initializer("b", [3], _bias)]);
        int height = layout == TensorLayout.ChannelsFirst ? 2 : 1;
        graph.Output("logits", logits, OnnxElementType.Float, dimensions[0], 3, dimensions[height], dimensions[height + 1]);
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>An autoencoder in that form: the image times a factor, and the mean of each channel.</summary>
    public static byte[] Multiplying(
        float factor, OnnxElementType type, TensorLayout layout, int channels, OnnxDimension batch)
    {
        var graph = new OnnxGraphBuilder("multiplying");
        OnnxDimension[] dimensions = Sizes(layout, batch, channels);
        OnnxElementType answer = type == OnnxElementType.UInt8 ? OnnxElementType.Float : type;
        string image = ToPlanes(graph, graph.Input("x", type, dimensions), type, layout);
        string product = graph.Node("Mul", [image, graph.Initializer("factor", [1], [factor])]);
        string mean = graph.Node("ReduceMean", [image], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        if (layout == TensorLayout.ChannelsLast)
            product = graph.Node("Transpose", [product], ("perm", new long[] { 0, 2, 3, 1 }));
        graph.Output("y", graph.Node("Cast", [product], ("to", (long)answer)), answer, dimensions);
        graph.Output("z", graph.Node("Cast", [mean], ("to", (long)answer)), answer, batch, channels);
        return graph.ToModel(new Dictionary<string, string>());
    }

    private static OnnxDimension[] Sizes(TensorLayout layout, OnnxDimension batch, int channels) =>
        layout == TensorLayout.ChannelsFirst ? [batch, channels, "h", "w"] : [batch, "h", "w", channels];

    private static string ToPlanes(OnnxGraphBuilder graph, string image, OnnxElementType type, TensorLayout layout)
    {
        if (layout == TensorLayout.ChannelsLast) image = graph.Node("Transpose", [image], ("perm", new long[] { 0, 3, 1, 2 }));
        return type == OnnxElementType.Float ? image : graph.Node("Cast", [image], ("to", (long)OnnxElementType.Float));
    }
}
