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
        bool isFirst = layout == TensorLayout.ChannelsFirst;
        if (dimensions.Length == 0) dimensions = isFirst ? ["n", channels, "h", "w"] : ["n", "h", "w", channels];
        var graph = new OnnxGraphBuilder("input");
        string image = graph.Input("x", type, dimensions);
        if (!isFirst) image = graph.Node("Transpose", [image], ("perm", new long[] { 0, 3, 1, 2 }));
        if (type != OnnxElementType.Float) image = graph.Node("Cast", [image], ("to", (long)OnnxElementType.Float));
        string weights = graph.Initializer("w", [3, channels, 1, 1], _weights.AsSpan(0, 3 * channels));
        string logits = graph.Node("Conv", [image, weights, graph.Initializer("b", [3], _bias)]);
        graph.Output(
            "logits", logits, OnnxElementType.Float, dimensions[0], 3, dimensions[isFirst ? 2 : 1], dimensions[isFirst ? 3 : 2]);
        return graph.ToModel(new Dictionary<string, string>());
    }
}
