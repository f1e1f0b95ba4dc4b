using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A transposed 2-D convolution (Keras <c>Conv2DTranspose</c>): (C, H, W) to (filters, H', W') by
/// <see cref="ConvolutionArithmetic.TransposedSize"/>. 64×14×14 with 32 filters 3×3, stride 2 and SAME becomes 32×28×28.
/// </summary>
/// <param name="filters">Channels of the result.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
public sealed class Conv2DTranspose(long filters, long kernelHeight, long kernelWidth) : Layer
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    public Conv2DTranspose(long filters, long kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>Rows and columns that one input value is moved by in the result. Default 1.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Default <see cref="Padding.Same"/>, unlike Keras, whose default is VALID.</summary>
    public Padding Padding { get; init; } = Padding.Same;

    /// <summary>Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the kernel begins. Default null: <see cref="Initializer.GlorotUniform"/>, as in Keras.</summary>
    public Initializer? KernelInitializer { get; init; }

    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Rounds;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        return Shape.Map(
            filters,
            ConvolutionArithmetic.TransposedSize(input.Height, kernelHeight, Stride, Padding),
            ConvolutionArithmetic.TransposedSize(input.Width, kernelWidth, Stride, Padding));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        long channels = inputs[0].Channels, area = kernelHeight * kernelWidth;
        var kernel = new WeightSpec(
            "kernel",
            [channels, filters, kernelHeight, kernelWidth],
            KernelInitializer ?? Initializer.GlorotUniform(channels * area, filters * area));
        return UseBias ? [kernel, new WeightSpec("bias", [filters], Initializer.Zeros)] : [kernel];
    }

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) =>
        2 * kernelHeight * kernelWidth * filters * inputs[0].Count;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        var (rows, columns) = (Cropping(kernelHeight), Cropping(kernelWidth));
        Tensor y = F.conv_transpose2d(
            inputs[0],
            weights[0],
            UseBias ? weights[1] : null,
            [Stride, Stride],
            [rows.Before, columns.Before],
            [rows.Added, columns.Added]);
        long extraRows = rows.After - rows.Before, extraColumns = columns.After - columns.Before;
        if (extraRows > 0 || extraColumns > 0)
        {
            using Tensor full = y;
            y = full[.., .., ..(int)(full.shape[2] - extraRows), ..(int)(full.shape[3] - extraColumns)];
        }
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        var (rows, columns) = (Cropping(kernelHeight), Cropping(kernelWidth));
        string y = SubPixelConvolution.Fits(kernelHeight, kernelWidth, Stride)
            ? AsConvolution(shapes[0]).Emit(onnx, inputs[0], weights)
            : onnx.Node(
                "ConvTranspose",
                [inputs[0], .. weights],
                ("kernel_shape", new[] { kernelHeight, kernelWidth }),
                ("strides", new[] { Stride, Stride }),
                ("pads", new[] { rows.Before, columns.Before, rows.After, columns.After }),
                ("output_padding", new[] { rows.Added, columns.Added }));
        return Activation.Emit(onnx, y);
    }

    /// <inheritdoc/>
    public override (string Result, string Best) EmitWithArgMax(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        Activation == Activation.Linear && SubPixelConvolution.Fits(kernelHeight, kernelWidth, Stride)
            ? AsConvolution(shapes[0]).EmitWithArgMax(onnx, inputs[0], weights)
            : base.EmitWithArgMax(onnx, inputs, shapes, weights);

    private SubPixelConvolution AsConvolution(Shape input)
    {
        var (rows, columns) = (Cropping(kernelHeight), Cropping(kernelWidth));
        return new((input.Channels, filters, kernelHeight, kernelWidth), Stride, (rows.Before, rows.After), (columns.Before, columns.After));
    }

    private (long Before, long After, long Added) Cropping(long kernel) =>
        Padding == Padding.Same ? ConvolutionArithmetic.SameCropping(kernel, Stride) : (0, 0, Math.Max(Stride - kernel, 0));
}
