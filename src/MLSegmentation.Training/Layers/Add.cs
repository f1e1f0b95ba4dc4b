using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The sum of two values of one shape (Keras <c>Add</c>). As TensorFlow's <c>+</c> does, it adds a feature map of one channel to
/// every channel of the other, and one of a single pixel to every pixel: 1×28×28 and 32×28×28 become 32×28×28, and so do 32×1×1
/// and 32×28×28.
/// </summary>
public sealed class Add : Layer
{
    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Keeps;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw new ArgumentException($"it takes two inputs, not {inputs.Count}");
        if (inputs[0] == inputs[1] || IsBroadcast(inputs[1], inputs[0])) return inputs[0];
        if (IsBroadcast(inputs[0], inputs[1])) return inputs[1];
        throw new ArgumentException(
            "it takes two equal shapes, or feature maps that are equal but for a single channel or a single pixel of one");
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        inputs[0].Plus(inputs[1]);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("Add", inputs);

    private static bool IsBroadcast(Shape one, Shape many)
    {
        if (one.IsVector || many.IsVector) return false;
        bool isChannel = one.Channels == 1 && one.Height == many.Height && one.Width == many.Width;
        return isChannel || (one.Channels == many.Channels && one.Height == 1 && one.Width == 1);
    }
}
