using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A transposed 2-D convolution (Keras <c>Conv2DTranspose</c>): (C, H, W) to (filters, H', W'). H' is H · stride with SAME
/// padding and H · stride + max(kernel - stride, 0) with VALID. 64×14×14 with 32 filters 3×3, stride 2 and SAME becomes 32×28×28.
/// </summary>
/// <param name="filters">Channels of the result.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
public sealed class Conv2DTranspose(long filters, long kernelWidth, long kernelHeight) : Convolution(kernelWidth, kernelHeight)
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    public Conv2DTranspose(long filters, long kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <inheritdoc/>
    public override long Upsampling => Stride;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Window.Spread(SingleMap(inputs), filters);

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) => 2 * Window.Area * filters * inputs[0].Count;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        var (rows, columns) = (Cropping(Window.Height), Cropping(Window.Width));
        Tensor y = F.conv_transpose2d(
            inputs[0], weights[0], Bias(weights), [Stride, Stride], [rows.Before, columns.Before], [rows.Added, columns.Added]);
        long extraRows = rows.After - rows.Before, extraColumns = columns.After - columns.Before;
        if (extraRows > 0 || extraColumns > 0)
        {
            using Tensor full = y;
            y = full[.., .., ..(int)(full.shape[2] - extraRows), ..(int)(full.shape[3] - extraColumns)];
        }
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        var (rows, columns) = (Cropping(Window.Height), Cropping(Window.Width));
        string y = SubPixelConvolution.Fits(Window)
            ? AsConvolution(shapes[0]).Emit(onnx, inputs[0], weights)
            : onnx.Node(
                "ConvTranspose",
                [inputs[0], .. weights],
                ("kernel_shape", new[] { Window.Height, Window.Width }),
                ("strides", new[] { Stride, Stride }),
                ("pads", new[] { rows.Before, columns.Before, rows.After, columns.After }),
                ("output_padding", new[] { rows.Added, columns.Added }));
        return Activation.Emit(onnx, y);
    }

    /// <inheritdoc/>
    public override (string Result, string Best) EmitWithArgMax(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        Activation == Activation.Linear && SubPixelConvolution.Fits(Window)
            ? AsConvolution(shapes[0]).EmitWithArgMax(onnx, inputs[0], weights)
            : base.EmitWithArgMax(onnx, inputs, shapes, weights);

    private protected override WeightSpec Kernel(long channels) => Kernel(
        "kernel",
        dimensions: [channels, filters, Window.Height, Window.Width],
        keras: [Window.Height, Window.Width, filters, channels],
        axes: [3, 2, 0, 1]);

    private SubPixelConvolution AsConvolution(Shape input)
    {
        var (rows, columns) = (Cropping(Window.Height), Cropping(Window.Width));
        var kernel = (input.Channels, filters, Window.Height, Window.Width);
        return new(kernel, Stride, (rows.Before, rows.After), (columns.Before, columns.After));
    }

    private (long Before, long After, long Added) Cropping(long kernel) =>
        Padding == PaddingKind.Same ? ConvolutionArithmetic.SameCropping(kernel, Stride) : (0, 0, Math.Max(Stride - kernel, 0));
}
