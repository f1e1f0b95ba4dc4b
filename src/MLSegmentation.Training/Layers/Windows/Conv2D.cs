using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A 2-D convolution (Keras <c>Conv2D</c>): (C, H, W) to (filters, H', W'). H' is ⌈H / stride⌉ with SAME padding and
/// ⌊(H - kernel) / stride⌋ + 1 with VALID. 1×28×28 with 32 filters 3×3, stride 2 and SAME becomes 32×14×14 with 320 weights.
/// </summary>
/// <param name="filters">Channels of the result.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
public sealed class Conv2D(long filters, long kernelWidth, long kernelHeight) : Convolution(kernelWidth, kernelHeight)
{
    /// <summary>A convolution with a square kernel.</summary>
    public Conv2D(long filters, long kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <inheritdoc/>
    public override long Downsampling => Stride;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Window.Slide(SingleMap(inputs), filters);

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) =>
        2 * Window.Area * inputs[0].Channels * output.Count;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        var (x, rows, columns) = Window.PadUneven(inputs[0]);
        Tensor y = F.conv2d(x, weights[0], Bias(weights), [Stride, Stride], [rows, columns]);
        if (!ReferenceEquals(x, inputs[0])) x.Dispose();
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        var (x, pads) = Window.PadFree(onnx, inputs[0], shapes[0]);
        string y = onnx.Node(
            "Conv",
            [x, .. weights],
            ("kernel_shape", new[] { Window.Height, Window.Width }),
            ("strides", new[] { Stride, Stride }),
            ("pads", pads.ToOnnx()));
        return Activation.Emit(onnx, y);
    }

    private protected override WeightSpec Kernel(long channels) => Kernel(
        "kernel",
        dimensions: [filters, channels, Window.Height, Window.Width],
        keras: [Window.Height, Window.Width, channels, filters],
        axes: [3, 2, 0, 1]);
}
