using MLSegmentation.Training.Onnx;

/// <summary>
/// A small network of the form of a U-Net, as somebody else exports it: an image of 1024×1024, prepared as ImageNet's are, to the
/// probability of a foreground. It has random weights and no metadata.
/// </summary>
internal static class ForeignNetwork
{
    private const int Side = 1024, Kernel = 3;
    private static readonly int[] _widths = [16, 32, 64, 96];

    public static byte[] Create()
    {
        var graph = new OnnxGraphBuilder("foreground");
        var random = new Random(1);
        var skips = new Stack<(string Value, int Width)>();
        string value = graph.Input("image", OnnxElementType.Float, 1, 3, Side, Side);
        int width = 3;
        foreach (int next in _widths)
        {
            value = Convolve(next, stride: 2);
            skips.Push((value, next));
        }
        skips.Pop();
        string doubled = graph.Initializer("doubled", [4], [1f, 1, 2, 2]);
        while (skips.TryPop(out var skip))
        {
            string larger = graph.Node(
                "Resize", [value, "", doubled], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
            value = graph.Node("Concat", [larger, skip.Value], ("axis", 1L));
            width += skip.Width;
            value = Convolve(skip.Width, stride: 1);
        }
        string logits = graph.Node("Conv", [value, Weights("head", 1, 1), graph.Initializer("bias", [1], [0f])]);
        logits = graph.Node(
            "Resize", [logits, "", doubled], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
        graph.Output("mask", graph.Node("Sigmoid", [logits]), OnnxElementType.Float, 1, 1, Side, Side);
        return graph.ToModel(new Dictionary<string, string>());

        string Convolve(int channels, int stride)
        {
            string name = $"conv{channels}_{stride}";
            string convolved = graph.Node(
                "Conv",
                [value, Weights(name, channels, Kernel), graph.Initializer($"{name}_bias", [channels], new float[channels])],
                ("kernel_shape", new long[] { Kernel, Kernel }), ("strides", new long[] { stride, stride }),
                ("pads", new long[] { 1, 1, 1, 1 }));
            width = channels;
            return graph.Node("Relu", [convolved]);
        }

        string Weights(string name, int channels, int kernel)
        {
            var weights = new float[channels * width * kernel * kernel];
            double scale = Math.Sqrt(6.0 / (width * kernel * kernel));
            for (int i = 0; i < weights.Length; i++) weights[i] = (float)(((2 * random.NextDouble()) - 1) * scale);
            return graph.Initializer(name, [channels, width, kernel, kernel], weights);
        }
    }
}
