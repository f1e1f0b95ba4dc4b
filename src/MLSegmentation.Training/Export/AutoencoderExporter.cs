using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training;

/// <summary>
/// Exports an autoencoder. The graph takes <c>image</c> (float32 [N, C, H, W], 0 to 255). It answers <c>reconstruction</c>, of
/// the same shape and range, not cut off at 0 and 255. Where the network answers it, <c>latent</c> (float32 [N, features]) comes
/// with it. Of a network over features it answers <c>error</c> alone (float32 [N, 1, H, W]).
/// </summary>
public static class AutoencoderExporter
{
    /// <summary>Exports the network as the bytes of an <c>.onnx</c> file.</summary>
    /// <param name="network">
    /// A network that answers the reconstruction, on a scale of 0 to 1, and may answer the latent values. Or one that answers the
    /// error of each pixel of a colour image: a map of one channel.
    /// </param>
    /// <param name="width">
    /// The width that images are stretched to, unless scoring is told otherwise. Default null: the network's own.
    /// </param>
    /// <param name="height">The height that belongs to it. Default null: the network's own.</param>
    /// <param name="sampleRange">
    /// The range of samples of more than 8 bits that the training images were read in. Default null: the range of their type.
    /// </param>
    /// <param name="encoderWeights">
    /// What the encoder came from, as <see cref="ImageModelMetadata.EncoderWeights"/> has it. Default empty: it began at random.
    /// </param>
    public static byte[] Export(
        TorchNetwork network, int? width = null, int? height = null, SampleRange? sampleRange = null, string encoderWeights = "")
    {
        LayerGraph graph = network.Graph;
        Shape shape = graph.Inputs[0].Shape;
        var onnx = new OnnxGraphBuilder(graph.Name);
        string image = onnx.Input(GraphNames.Image, OnnxElementType.Float, GraphExporter.Dimensions(shape));
        var outputs = GraphExporter.Write(network, onnx, image, shape);
        var answer = outputs[0];

        onnx.Scope = "output";
        OnnxDimension[] dimensions = GraphExporter.Dimensions(answer.Shape);
        if (answer.Shape.Channels != shape.Channels)
            onnx.Output(GraphNames.Error, answer.Name, OnnxElementType.Float, dimensions);
        else
        {
            string scaled = onnx.Node("Mul", [answer.Name, onnx.Initializer("output/scale", [1], [255f])]);
            onnx.Output(GraphNames.Reconstruction, scaled, OnnxElementType.Float, dimensions);
        }
        if (outputs.Count > 1)
        {
            string features = onnx.Node("Flatten", [outputs[1].Name], ("axis", 1L));
            onnx.Output(GraphNames.Latent, features, OnnxElementType.Float, "N", outputs[1].Shape.Count);
        }
        return onnx.ToModel(new ImageModelMetadata
        {
            Task = ModelTasks.Reconstruction,
            Network = graph.Name,
            ImageWidth = width ?? (int)shape.Width,
            ImageHeight = height ?? (int)shape.Height,
            SizeMultiple = graph.SizeMultiple,
            Sizing = ImageSizing.Stretch,
            SampleRange = sampleRange,
            EncoderWeights = encoderWeights,
            Parameters = graph.ParameterCount,
        }.ToProperties());
    }
}
