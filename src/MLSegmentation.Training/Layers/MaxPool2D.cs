using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The largest value of each square window (Keras <c>MaxPooling2D</c>, VALID): (C, H, W) to
/// (C, ⌊(H - size)/stride⌋ + 1, ⌊(W - size)/stride⌋ + 1). 64×224×224 with size 2 becomes 64×112×112.
/// </summary>
/// <param name="size">Rows and columns of a window, and from one window to the next.</param>
public sealed class MaxPool2D(long size) : Layer
{
    /// <inheritdoc/>
    public override string DefaultName => "max_pooling2d";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        return Shape.Map(
            input.Channels,
            ConvolutionArithmetic.ConvolutionSize(input.Height, size, size, Padding.Valid),
            ConvolutionArithmetic.ConvolutionSize(input.Width, size, size, Padding.Valid));
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        F.max_pool2d(inputs[0], size, size);

    /// <inheritdoc/>
    public override string Emit(OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("MaxPool", inputs, ("kernel_shape", new[] { size, size }), ("strides", new[] { size, size }));
}
