using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Small graphs whose results can be worked out by hand.</summary>
internal static class TestGraphs
{
    public const float Sharpness = 1f / 32;

    /// <summary>Options by which a graph runs on one thread.</summary>
    public static ImageModelOptions OneThread { get; } = new SegmentImageOptions { Threads = 1 };

    /// <summary>
    /// Three classes, reddish, greenish and bluish: the logits are red, green and blue divided by 32, so the mask is the
    /// brightest channel.
    /// </summary>
    public static byte[] BrightestChannel(int? height = null, int? width = null, ImageModelMetadata? metadata = null)
    {
        var graph = new OnnxGraphBuilder("brightest");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, Size(height, "H"), Size(width, "W"));
        string probabilities = graph.Node("Softmax", [Logits(graph, image)], ("axis", 1L));
        string classes = graph.Node("ArgMax", [probabilities], ("axis", 1L), ("keepdims", 0L));
        graph.Output("probabilities", probabilities, OnnxElementType.Float, "N", 3, Size(height, "H"), Size(width, "W"));
        graph.Output("mask", graph.Node("Cast", [classes], ("to", (long)OnnxElementType.UInt8)), OnnxElementType.UInt8, "N",
            Size(height, "H"), Size(width, "W"));
        return graph.ToModel((metadata ?? Described()).ToProperties());
    }

    /// <summary><see cref="BrightestChannel"/> of the pixel to the left; black left of the image.</summary>
    public static byte[] Shifted()
    {
        var graph = new OnnxGraphBuilder("shifted");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string padded = graph.Node("Pad", [image, graph.Initializer("pads", [8], [0L, 0, 0, 1, 0, 0, 0, -1])]);
        graph.Output("probabilities", graph.Node("Softmax", [Logits(graph, padded)], ("axis", 1L)), OnnxElementType.Float,
            "N", 3, "H", "W");
        return graph.ToModel(Described().ToProperties());
    }

    /// <summary>The metadata that <see cref="BrightestChannel"/> has unless told otherwise.</summary>
    public static ImageModelMetadata Described() => new()
    {
        Task = "segmentation",
        Network = "brightest",
        ClassNames = ["reddish", "greenish", "bluish"],
        Palette = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255)],
    };

    /// <summary>
    /// The same as somebody else would export it: other names, logits, no mask, no metadata; at half the input's size where
    /// asked.
    /// </summary>
    public static byte[] Foreign(bool isHalved = false, bool isSoftmaxed = false)
    {
        var graph = new OnnxGraphBuilder("foreign");
        string value = Logits(graph, graph.Input("pixel_values", OnnxElementType.Float, "batch", 3, "height", "width"));
        if (isHalved)
            value = graph.Node("AveragePool", [value], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        if (isSoftmaxed) value = graph.Node("Softmax", [value], ("axis", 1L));
        graph.Output("logits", value, OnnxElementType.Float, "batch", 3, "h", "w");
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>
    /// As <see cref="Foreign"/>, with a free number of images that its graph does not keep to: it makes one of them.
    /// </summary>
    public static byte[] ForeignForOne()
    {
        var graph = new OnnxGraphBuilder("foreign");
        string image = graph.Input("pixel_values", OnnxElementType.Float, "batch", 3, 8, 8);
        string one = graph.Node("Reshape", [image, graph.Initializer("shape", [4], [1L, 3, 8, 8])]);
        graph.Output("logits", Logits(graph, one), OnnxElementType.Float, "batch", 3, 8, 8);
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>
    /// An autoencoder whose code is the mean of each channel divided by 255 and whose reconstruction is half the image.
    /// </summary>
    public static byte[] Halving(int channels = 3, int? height = null, int? width = null)
    {
        var graph = new OnnxGraphBuilder("halving");
        string image = graph.Input("image", OnnxElementType.Float, "N", channels, Size(height, "H"), Size(width, "W"));
        string half = graph.Node("Mul", [image, graph.Initializer("half", [1], [0.5f])]);
        string mean = graph.Node("ReduceMean", [image], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        string latent = graph.Node("Mul", [mean, graph.Initializer("scale", [1], [1f / 255])]);
        graph.Output("reconstruction", half, OnnxElementType.Float, "N", channels, Size(height, "H"), Size(width, "W"));
        graph.Output("latent", latent, OnnxElementType.Float, "N", channels);
        return graph.ToModel(new ImageModelMetadata { Task = "reconstruction", Network = "halving" }.ToProperties());
    }

    /// <summary>
    /// As an autoencoder over features: no reconstruction, the error of each pixel is its green divided by 100.
    /// </summary>
    public static byte[] GivingErrors(int sizeMultiple = 1)
    {
        var graph = new OnnxGraphBuilder("errors");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string green = graph.Node("Gather", [image, graph.Initializer("green", [1], [1L])], ("axis", 1L));
        string error = graph.Node("Div", [green, graph.Initializer("hundred", [1], [100f])]);
        graph.Output("error", error, OnnxElementType.Float, "N", 1, "H", "W");
        var metadata = new ImageModelMetadata { Task = "reconstruction", Network = "errors", SizeMultiple = sizeMultiple };
        return graph.ToModel(metadata.ToProperties());
    }

    /// <summary>
    /// A classifier of three classes, reddish, greenish and bluish: the logits are the means of red, green and blue, divided by
    /// 32. As somebody else would export it: logits, no metadata.
    /// </summary>
    public static byte[] BrightestMean(bool isForeign = false)
    {
        var graph = new OnnxGraphBuilder("brightest-mean");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string logits = graph.Node("ReduceMean", [Logits(graph, image)], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        if (isForeign)
        {
            graph.Output("logits", logits, OnnxElementType.Float, "N", 3);
            return graph.ToModel(new Dictionary<string, string>());
        }
        graph.Output("probabilities", graph.Node("Softmax", [logits], ("axis", 1L)), OnnxElementType.Float, "N", 3);
        graph.Output("label", graph.Node("ArgMax", [logits], ("axis", 1L), ("keepdims", 0L)), OnnxElementType.Int64, "N");
        return graph.ToModel((Described() with { Task = "classification" }).ToProperties());
    }

    /// <summary>
    /// A graph of many classes: a pixel's class is the sum of its red and green, at most the last one. The logit of class k is
    /// 2kv - k² for the sum v, which is v² - (v - k)², times the sharpness.
    /// </summary>
    public static byte[] SumOfRedAndGreen(int classes, float sharpness = 1)
    {
        var graph = new OnnxGraphBuilder("sum");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        float[] factors = [.. Enumerable.Range(0, classes).SelectMany(k => new[] { 2 * k * sharpness, 2 * k * sharpness, 0 })];
        string weights = graph.Initializer("weights", [classes, 3, 1, 1], factors);
        string bias = graph.Initializer("bias", [classes], [.. Enumerable.Range(0, classes).Select(k => -k * k * sharpness)]);
        string logits = graph.Node("Conv", [image, weights, bias], ("kernel_shape", new long[] { 1, 1 }));
        graph.Output(
            "probabilities", graph.Node("Softmax", [logits], ("axis", 1L)), OnnxElementType.Float, "N", classes, "H", "W");
        return graph.ToModel(new ImageModelMetadata { Task = "segmentation", Network = "sum" }.ToProperties());
    }

    /// <summary>A graph that promises a number of classes that nothing in it bears out.</summary>
    public static byte[] ManyClasses(int classes)
    {
        var graph = new OnnxGraphBuilder("many-classes");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string shape = graph.Node("Mul", [graph.Node("Shape", [image]), graph.Input("factor", OnnxElementType.Int64, 1)]);
        graph.Output("probabilities", graph.Node("Reshape", [image, shape]), OnnxElementType.Float, "N", classes, "H", "W");
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>A classifier that promises a number of classes and gives every value of the image.</summary>
    public static byte[] ManyScores(int classes)
    {
        var graph = new OnnxGraphBuilder("many-scores");
        string values = graph.Node("Flatten", [graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W")]);
        graph.Output("probabilities", values, OnnxElementType.Float, "N", classes);
        return graph.ToModel(new ImageModelMetadata { Task = "classification" }.ToProperties());
    }

    /// <summary>As <see cref="BrightestChannel"/>, but the mask has half the size of the image.</summary>
    public static byte[] HalfMask()
    {
        var graph = new OnnxGraphBuilder("half-mask");
        string probabilities = graph.Node(
            "Softmax", [Logits(graph, graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W"))], ("axis", 1L));
        string half = graph.Node(
            "MaxPool", [probabilities], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        string classes = graph.Node("ArgMax", [half], ("axis", 1L), ("keepdims", 0L));
        graph.Output("probabilities", probabilities, OnnxElementType.Float, "N", 3, "H", "W");
        graph.Output(
            "mask", graph.Node("Cast", [classes], ("to", (long)OnnxElementType.UInt8)), OnnxElementType.UInt8, "N", "h", "w");
        return graph.ToModel(Described().ToProperties());
    }

    /// <summary>A graph that promises to take any size, and fails for all but 8×8.</summary>
    public static byte[] OnlyOfOneSize()
    {
        var graph = new OnnxGraphBuilder("one-size");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string one = graph.Node("Reshape", [image, graph.Initializer("shape", [4], [1L, 3, 8, 8])]);
        graph.Output("probabilities", one, OnnxElementType.Float, "N", 3, "H", "W");
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>A graph that takes no image: float [N,4].</summary>
    public static byte[] WithoutImage()
    {
        var graph = new OnnxGraphBuilder("plain");
        graph.Output("out", graph.Input("features", OnnxElementType.Float, "N", 4), OnnxElementType.Float, "N", 4);
        return graph.ToModel(new Dictionary<string, string>());
    }

    private static string Logits(OnnxGraphBuilder graph, string image)
    {
        string weights = graph.Initializer("weights", [3, 3, 1, 1], [Sharpness, 0, 0, 0, Sharpness, 0, 0, 0, Sharpness]);
        return graph.Node("Conv", [image, weights], ("kernel_shape", new long[] { 1, 1 }));
    }

    private static OnnxDimension Size(int? size, string name) => size is int value ? (OnnxDimension)(long)value : name;
}
