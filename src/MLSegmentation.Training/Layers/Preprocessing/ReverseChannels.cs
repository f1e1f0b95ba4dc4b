using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>The channels of a feature map in reverse order, which makes BGR of RGB: (C, H, W) to (C, H, W).</summary>
internal sealed class ReverseChannels : Layer
{
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => SingleMap(inputs);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        inputs[0].flip(1);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        long channels = shapes[0].Channels;
        long[] order = [.. Enumerable.Range(1, (int)channels).Select(index => channels - index)];
        return onnx.Node("Gather", [inputs[0], onnx.Initializer($"{onnx.Scope}/order", [channels], order)], ("axis", 1L));
    }
}
