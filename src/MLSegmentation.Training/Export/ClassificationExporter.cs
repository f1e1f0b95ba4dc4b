using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training;

/// <summary>
/// Exports a classifier of images. The graph takes <c>image</c> (float32 [N, C, H, W], 0 to 255). It answers
/// <c>probabilities</c> (float32 [N, classes]), whose sum is 1, and <c>label</c> (int64 [N]), the most probable class.
/// </summary>
public static class ClassificationExporter
{
    /// <summary>Exports the network as the bytes of an <c>.onnx</c> file.</summary>
    /// <param name="network">A network whose first output is a vector of class scores (logits).</param>
    /// <param name="classNames">A name for each class.</param>
    /// <exception cref="ArgumentException">The network answers no vector, or has another number of classes.</exception>
    public static byte[] Export(TorchNetwork network, IReadOnlyList<string> classNames)
    {
        LayerGraph graph = network.Graph;
        Shape shape = graph.Inputs[0].Shape, answer = graph.Outputs[0].Shape;
        if (!answer.IsVector || answer.Channels != classNames.Count)
        {
            throw new ArgumentException(
                $"'{graph.Name}' answers {answer}, expected a score for each of the {classNames.Count} classes "
                + $"{ClassText.Join(classNames)}.",
                nameof(network));
        }
        var onnx = new OnnxGraphBuilder(graph.Name);
        string image = onnx.Input(GraphNames.Image, OnnxElementType.Float, GraphExporter.Dimensions(shape));
        string logits = GraphExporter.Write(network, onnx, image, shape)[0].Name;

        onnx.Scope = "output";
        string probabilities = onnx.Node("Softmax", [logits], ("axis", 1L));
        onnx.Output(GraphNames.Probabilities, probabilities, OnnxElementType.Float, "N", answer.Channels);
        string label = onnx.Node("ArgMax", [logits], ("axis", 1L), ("keepdims", 0L));
        onnx.Output(GraphNames.Label, label, OnnxElementType.Int64, "N");
        return onnx.ToModel(new ImageModelMetadata
        {
            Task = ModelTasks.Classification,
            Network = graph.Name,
            ClassNames = classNames,
            ImageWidth = (int)shape.Width,
            ImageHeight = (int)shape.Height,
            Sizing = ImageSizing.Stretch,
            Parameters = graph.ParameterCount,
        }.ToProperties());
    }
}
