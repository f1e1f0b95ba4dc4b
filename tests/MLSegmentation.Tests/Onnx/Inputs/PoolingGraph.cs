using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>A graph of the form of a U-Net: what is pooled is enlarged again and laid beside the image.</summary>
internal static class PoolingGraph
{
    /// <summary>
    /// Two classes: the second where red, green and blue sum to more than 382.5. The graph fails at sizes that are no multiples.
    /// </summary>
    /// <param name="multiple">What height and width must be multiples of.</param>
    /// <param name="dimensions">The input's sizes.</param>
    public static byte[] Create(int multiple, params OnnxDimension[] dimensions)
    {
        if (dimensions.Length == 0) dimensions = ["n", 3, "h", "w"];
        var graph = new OnnxGraphBuilder("pooling");
        string image = graph.Input("x", OnnxElementType.Float, dimensions);
        string pooled = graph.Node(
            "AveragePool", [image], ("kernel_shape", new long[] { multiple, multiple }),
            ("strides", new long[] { multiple, multiple }));
        string scales = graph.Initializer("scales", [4], [1f, 1, multiple, multiple]);
        string both = graph.Node("Concat", [image, graph.Node("Resize", [pooled, "", scales])], ("axis", 1L));
        string weights = graph.Initializer("w", [2, 6, 1, 1], [-1f, -1, -1, 0, 0, 0, 1, 1, 1, 0, 0, 0]);
        string logits = graph.Node("Conv", [both, weights, graph.Initializer("b", [2], [382.5f, -382.5f])]);
        graph.Output("y", logits, OnnxElementType.Float, dimensions[0], 2, dimensions[2], dimensions[3]);
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>The mask of an image, four bytes a pixel.</summary>
    public static uint[] MaskOf(ReadOnlySpan<byte> rgba)
    {
        var mask = new uint[rgba.Length / 4];
        for (int i = 0; i < mask.Length; i++) mask[i] = rgba[4 * i] + rgba[4 * i + 1] + rgba[4 * i + 2] > 382.5 ? 2u : 1;
        return mask;
    }
}
