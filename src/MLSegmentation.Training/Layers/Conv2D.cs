using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A 2-D convolution (Keras <c>Conv2D</c>): (C, H, W) to (filters, H', W') by <see cref="ConvolutionArithmetic.ConvolutionSize"/>.
/// 1×28×28 with 32 filters 3×3, stride 2 and SAME becomes 32×14×14 with 320 weights.
/// </summary>
/// <param name="filters">Channels of the result.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
public sealed class Conv2D(long filters, long kernelHeight, long kernelWidth) : Layer
{
    /// <summary>A convolution with a square kernel.</summary>
    public Conv2D(long filters, long kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>Rows and columns from one position to the next. Default 1.</summary>
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
            ConvolutionArithmetic.ConvolutionSize(input.Height, kernelHeight, Stride, Padding),
            ConvolutionArithmetic.ConvolutionSize(input.Width, kernelWidth, Stride, Padding));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        long channels = inputs[0].Channels, area = kernelHeight * kernelWidth;
        var kernel = new WeightSpec(
            "kernel",
            [filters, channels, kernelHeight, kernelWidth],
            KernelInitializer ?? Initializer.GlorotUniform(channels * area, filters * area));
        return UseBias ? [kernel, new WeightSpec("bias", [filters], Initializer.Zeros)] : [kernel];
    }

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) =>
        2 * kernelHeight * kernelWidth * inputs[0].Channels * output.Count;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        Tensor x = inputs[0];
        (long top, long bottom) = Pads(x.shape[2], kernelHeight);
        (long left, long right) = Pads(x.shape[3], kernelWidth);
        Tensor? padded = null;
        if (top != bottom || left != right)
        {
            // Torch pads both sides alike; only an uneven padding costs a copy.
            x = padded = F.pad(x, (left, right, top, bottom));
            top = left = 0;
        }
        Tensor y = F.conv2d(x, weights[0], UseBias ? weights[1] : null, [Stride, Stride], [top, left]);
        padded?.Dispose();
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string x = inputs[0];
        (long top, long bottom) = Pads(shapes[0].Height, kernelHeight);
        (long left, long right) = Pads(shapes[0].Width, kernelWidth);
        if (Padding == Padding.Same && Stride > 1 && shapes[0].IsFree)
        {
            x = SamePadOfFreeSize(onnx, x);
            top = left = bottom = right = 0;
        }
        string y = onnx.Node(
            "Conv",
            [x, .. weights],
            ("kernel_shape", new[] { kernelHeight, kernelWidth }),
            ("strides", new[] { Stride, Stride }),
            ("pads", new[] { top, left, bottom, right }));
        return Activation.Emit(onnx, y);
    }

    private (long Before, long After) Pads(long n, long kernel) => Padding switch
    {
        Padding.Valid => (0, 0),
        Padding.Symmetric => (ConvolutionArithmetic.SymmetricPadding(kernel), ConvolutionArithmetic.SymmetricPadding(kernel)),
        // With stride 1 the padding depends on the kernel alone, so a free size may stand in by any number.
        _ => ConvolutionArithmetic.SamePadding(n == Shape.Any ? kernel : n, kernel, Stride),
    };

    /// <summary>
    /// <see cref="ConvolutionArithmetic.SamePadding"/> computed by the graph itself. ONNX's own <c>auto_pad=SAME_UPPER</c> is left
    /// alone: ONNX Runtime gets it wrong where the kernel is smaller than the stride.
    /// </summary>
    private string SamePadOfFreeSize(OnnxGraphBuilder onnx, string x)
    {
        string Pair(string name, long a, long b) => onnx.Initializer($"{onnx.Scope}/{name}", [2], [a, b]);
        string stride = Pair("stride", Stride, Stride), two = Pair("two", 2, 2);
        string size = onnx.Node("Shape", [x], ("start", 2L));
        string outputs = onnx.Node("Div", [onnx.Node("Add", [size, Pair("stride_less_one", Stride - 1, Stride - 1)]), stride]);
        string last = onnx.Node("Mul", [onnx.Node("Sub", [outputs, Pair("one", 1, 1)]), stride]);
        string needed = onnx.Node("Sub", [onnx.Node("Add", [last, Pair("kernel_size", kernelHeight, kernelWidth)]), size]);
        string total = onnx.Node("Max", [needed, Pair("zero", 0, 0)]);
        string before = onnx.Node("Div", [total, two]);
        string none = Pair("none", 0, 0);
        string pads = onnx.Node("Concat", [none, before, none, onnx.Node("Sub", [total, before])], ("axis", 0L));
        return onnx.Node("Pad", [x, pads]);
    }
}
