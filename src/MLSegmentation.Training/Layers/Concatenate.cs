using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// Values one after another along the channels (Keras <c>Concatenate</c>, axis -1): feature maps of one height and width, or
/// vectors. 32×28×28 and 64×28×28 become 96×28×28.
/// </summary>
public sealed class Concatenate : Layer
{
    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Keeps;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count < 2) throw new ArgumentException($"it takes two inputs or more, not {inputs.Count}");
        Shape first = inputs[0];
        if (inputs.Any(shape => shape.IsVector != first.IsVector || shape.Height != first.Height || shape.Width != first.Width))
            throw new ArgumentException("heights and widths must be equal");
        long channels = inputs.Sum(shape => shape.Channels);
        return first.IsVector ? Shape.Vector(channels) : Shape.Map(channels, first.Width, first.Height);
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        cat([.. inputs], 1);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("Concat", inputs, ("axis", 1L));
}
