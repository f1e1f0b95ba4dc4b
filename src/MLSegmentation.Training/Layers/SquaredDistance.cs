using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The mean squared difference of the channels of two feature maps at each place: twice (C, H, W) to (1, H, W), 0 and above.
/// (3, 4) and (4, 2) are (1 + 4) / 2 = 2.5 apart.
/// </summary>
internal sealed class SquaredDistance : Layer
{
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw new ArgumentException($"it takes two inputs, not {inputs.Count}");
        return !inputs[0].IsVector && inputs[0] == inputs[1]
            ? Shape.Map(1, inputs[0].Width, inputs[0].Height)
            : throw new ArgumentException("it takes two feature maps of one shape");
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        (inputs[0] - inputs[1]).square().mean([1], keepdim: true);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string difference = onnx.Node("Sub", inputs);
        return onnx.Node("ReduceMean", [onnx.Node("Mul", [difference, difference])], ("axes", new[] { 1L }), ("keepdims", 1L));
    }
}
