using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A feature map as one vector (Keras <c>Flatten</c> with <c>data_format="channels_first"</c>: channel by channel). 64×7×7
/// becomes 3,136.
/// </summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = Single(inputs);
        return input.IsFree
            ? throw new ArgumentException("height and width must be known to flatten them")
            : Shape.Vector(input.Count);
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        inputs[0].flatten(1);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("Flatten", inputs, ("axis", 1L));
}
