using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// How far the channels of two feature maps point apart at each place, 1 - a·b / (|a| |b|): twice (C, H, W) to (1, H, W), 0 to 2.
/// The lengths do not matter. (3, 4) and (4, 3) are 1 - 24/25 = 0.04 apart.
/// </summary>
internal sealed class CosineDistance : Layer
{
    // What the product of the lengths is at least, so that a place without features has a distance of 1.
    private const float Least = 1e-6f;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw new ArgumentException($"it takes two inputs, not {inputs.Count}");
        return !inputs[0].IsVector && inputs[0] == inputs[1]
            ? Shape.Map(1, inputs[0].Width, inputs[0].Height)
            : throw new ArgumentException("it takes two feature maps of one shape");
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        static Tensor Dot(Tensor a, Tensor b) => (a * b).sum(1, keepdim: true);
        Tensor lengths = (Dot(inputs[0], inputs[0]) * Dot(inputs[1], inputs[1])).AtLeast(Least * Least).sqrt();
        return (Dot(inputs[0], inputs[1]) / lengths).Times(-1).PlusInPlace(1);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string axis = onnx.Initializer($"{onnx.Scope}/axis", [1], [1L]);
        string Constant(string name, float value) => onnx.Initializer($"{onnx.Scope}/{name}", [1], [value]);
        string Dot(string a, string b) => onnx.Node("ReduceSum", [onnx.Node("Mul", [a, b]), axis], ("keepdims", 1L));
        string squares = onnx.Node("Mul", [Dot(inputs[0], inputs[0]), Dot(inputs[1], inputs[1])]);
        string lengths = onnx.Node("Sqrt", [onnx.Node("Max", [squares, Constant("least", Least * Least)])]);
        return onnx.Node("Sub", [Constant("one", 1), onnx.Node("Div", [Dot(inputs[0], inputs[1]), lengths])]);
    }
}
