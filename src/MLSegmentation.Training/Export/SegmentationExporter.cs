using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training;

/// <summary>
/// Exports a segmentation network. The graph takes <c>image</c> (float32 [N, C, H, W], RGB, 0 to 255). It answers
/// <c>probabilities</c> (float32 [N, classes, H, W]), whose sum over the classes is 1, and <c>mask</c> (uint8 [N, H, W]), the
/// most probable class, or of two the second one where its probability reaches the metadata's threshold.
/// </summary>
public static class SegmentationExporter
{
    /// <summary>Exports the network as the bytes of an <c>.onnx</c> file.</summary>
    /// <param name="network">A network whose first output is the class scores (logits) of each pixel.</param>
    /// <param name="metadata">
    /// What the file says about itself; network name, size multiple and parameters are filled in here.
    /// </param>
    /// <param name="width">The only width the graph takes; null, the default, for any multiple of the network's stride.</param>
    /// <param name="height">The only height the graph takes; null, the default, for any multiple of the network's stride.</param>
    /// <exception cref="ArgumentException">
    /// The metadata names another number of classes than the network has, there are more than 256, or it has a threshold for
    /// other than two.
    /// </exception>
    /// <exception cref="InvalidOperationException">The weights take more than 2 GB.</exception>
    public static byte[] Export(TorchNetwork network, ImageModelMetadata metadata, int? width = null, int? height = null)
    {
        LayerGraph graph = network.Graph;
        long classes = graph.Outputs[0].Shape.Channels;
        if (metadata.ClassNames.Count != classes)
        {
            throw new ArgumentException(
                $"'{graph.Name}' has {classes} classes, {metadata.ClassNames.Count} names were "
                + $"given: {ClassText.Join(metadata.ClassNames)}.", nameof(metadata));
        }
        RequireClassCount(classes, nameof(network));
        if (metadata.ForegroundThreshold is { } given && classes != 2)
        {
            throw new ArgumentException(
                $"The metadata has the threshold {given} of a foreground, but '{graph.Name}' has {classes} classes, expected 2.",
                nameof(metadata));
        }

        var onnx = new OnnxGraphBuilder(graph.Name);
        Shape shape = Shape.Map(graph.Inputs[0].Shape.Channels, width ?? Shape.Any, height ?? Shape.Any);
        string image = onnx.Input(GraphNames.Image, OnnxElementType.Float, GraphExporter.Dimensions(shape));
        var (logits, numbers, outputShape) = metadata.ForegroundThreshold is { } threshold
            ? WriteWithThreshold(network, onnx, image, shape, threshold)
            : GraphExporter.WriteWithArgMax(network, onnx, image, shape);

        onnx.Scope = "output";
        OnnxDimension[] dimensions = GraphExporter.Dimensions(outputShape);
        string probabilities = onnx.Node("Softmax", [logits], ("axis", 1L));
        onnx.Output(GraphNames.Probabilities, probabilities, OnnxElementType.Float, dimensions);
        string bytes = onnx.Node("Cast", [numbers], ("to", (long)OnnxElementType.UInt8));
        string mask = onnx.Node("Squeeze", [bytes, onnx.Initializer("output/axes", [1], [1L])]);
        onnx.Output(GraphNames.Mask, mask, OnnxElementType.UInt8, dimensions[0], dimensions[2], dimensions[3]);
        return onnx.ToModel((metadata with
        {
            Task = ModelTasks.Segmentation,
            Network = graph.Name,
            SizeMultiple = graph.SizeMultiple,
            Parameters = graph.ParameterCount,
        }).ToProperties());
    }

    /// <summary>
    /// Writes every layer, and of each pixel whether its second class reaches a probability: whether the difference of the logits
    /// reaches that of the probability.
    /// </summary>
    private static (string Logits, string Reaches, Shape Shape) WriteWithThreshold(
        TorchNetwork network, OnnxGraphBuilder onnx, string image, Shape shape, float threshold)
    {
        var (logits, outputShape) = GraphExporter.Write(network, onnx, image, shape)[0];
        onnx.Scope = "output";
        string Class(long index) =>
            onnx.Node("Gather", [logits, onnx.Initializer($"output/class{index}", [1], [index])], ("axis", 1L));
        string difference = onnx.Node("Sub", [Class(1), Class(0)]);
        float least = ForegroundReader.LogitOf(threshold);
        string isBelow = onnx.Node("Less", [difference, onnx.Initializer("output/threshold", [1], [least])]);
        return (logits, onnx.Node("Not", [isBelow]), outputShape);
    }

    /// <summary>Throws where the exported mask, which has a byte a pixel, cannot hold so many classes.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="parameterName">The caller's parameter that they come from.</param>
    /// <exception cref="ArgumentException">There are more than 256.</exception>
    internal static void RequireClassCount(long classes, string parameterName)
    {
        if (classes > byte.MaxValue + 1)
        {
            throw new ArgumentException(
                $"There are {classes} classes, expected at most 256: an exported mask has one byte a pixel.", parameterName);
        }
    }
}
