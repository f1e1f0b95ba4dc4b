using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The window that a layer moves over feature maps: what it makes of their sizes, and what is put around them for it.
/// </summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Columns of the window.</param>
/// <param name="Stride">Rows and columns from one position to the next.</param>
/// <param name="Padding">What is put around the map.</param>
internal readonly record struct Window(long Height, long Width, long Stride, PaddingKind Padding)
{
    /// <summary>Rows and columns from one value in the window to the next. Default 1.</summary>
    public long Dilation { get; init; } = 1;

    /// <summary>Values in the window.</summary>
    public long Area => Height * Width;

    /// <summary>Rows that it reaches over.</summary>
    private long Rows => ConvolutionArithmetic.EffectiveKernel(Height, Dilation);

    /// <summary>Columns that it reaches over.</summary>
    private long Columns => ConvolutionArithmetic.EffectiveKernel(Width, Dilation);

    /// <summary>The shape that a convolution or pooling makes of another.</summary>
    /// <exception cref="ArgumentException">As <see cref="ConvolutionArithmetic.ConvolutionSize"/>.</exception>
    /// <exception cref="ArgumentException">The dilation is less than 1, or above it with a stride above 1.</exception>
    public Shape Slide(Shape input, long channels)
    {
        if (Dilation < 1) throw new ArgumentException($"its dilation is {Dilation}, it must be at least 1");
        if (Dilation > 1 && Stride > 1)
            throw new ArgumentException($"it has a stride of {Stride} and a dilation of {Dilation}, of which one must be 1");
        return Shape.Map(
            channels,
            ConvolutionArithmetic.ConvolutionSize(input.Width, Columns, Stride, Padding),
            ConvolutionArithmetic.ConvolutionSize(input.Height, Rows, Stride, Padding));
    }

    /// <summary>The shape that a transposed convolution makes of another.</summary>
    /// <exception cref="ArgumentException">As <see cref="ConvolutionArithmetic.TransposedSize"/>.</exception>
    public Shape Spread(Shape input, long channels) => Shape.Map(
        channels,
        ConvolutionArithmetic.TransposedSize(input.Width, Width, Stride, Padding),
        ConvolutionArithmetic.TransposedSize(input.Height, Height, Stride, Padding));

    /// <summary>What is put around a map of that size, of which either may be free (-1) where the stride is 1.</summary>
    public Sides Pads(long height, long width)
    {
        var (rows, columns) = (Pads(height, Rows, this), Pads(width, Columns, this));
        return new Sides(rows.Before, columns.Before, rows.After, columns.After);
    }

    /// <summary>Pads a map (N, C, H, W) as far as Torch cannot do it within the operation.</summary>
    /// <param name="x">The map.</param>
    /// <param name="value">What it is padded with. Default 0.</param>
    /// <returns>The map itself or a padded copy, and the rows and columns that are left to pad on both sides.</returns>
    public (Tensor Map, long Rows, long Columns) PadUneven(Tensor x, double value = 0)
    {
        Sides pads = Pads(x.shape[2], x.shape[3]);
        return pads.AreEven
            ? (x, pads.Top, pads.Left)
            : (F.pad(x, (pads.Left, pads.Right, pads.Top, pads.Bottom), value: value), 0, 0);
    }

    /// <summary>Writes the nodes that pad a map whose free size lets nobody know the padding beforehand.</summary>
    /// <param name="onnx">The graph.</param>
    /// <param name="x">The name of the map.</param>
    /// <param name="input">Its shape.</param>
    /// <param name="value">What it is padded with. Default 0.</param>
    /// <returns>The name of the map, and what is left for the attribute <c>pads</c>.</returns>
    public (string Map, Sides Pads) PadFree(OnnxGraphBuilder onnx, string x, Shape input, float value = 0) =>
        Padding == PaddingKind.Same && Stride > 1 && input.IsFree
            ? (EmitPad(onnx, x, value), default)
            : (x, Pads(input.Height, input.Width));

    private static (long Before, long After) Pads(long n, long kernel, Window window) => window.Padding switch
    {
        PaddingKind.Valid => (0, 0),
        PaddingKind.Symmetric => (ConvolutionArithmetic.SymmetricPadding(kernel), ConvolutionArithmetic.SymmetricPadding(kernel)),
        // With stride 1 the padding depends on the kernel alone, so a free size may stand in by any number.
        _ => ConvolutionArithmetic.SamePadding(n == Shape.Any ? kernel : n, kernel, window.Stride),
    };

    /// <summary>
    /// <see cref="ConvolutionArithmetic.SamePadding"/> computed by the graph itself. ONNX's own <c>auto_pad=SAME_UPPER</c> is
    /// left alone: ONNX Runtime gets it wrong where the kernel is smaller than the stride.
    /// </summary>
    private string EmitPad(OnnxGraphBuilder onnx, string x, float value)
    {
        string Pair(string name, long a, long b) => onnx.Initializer($"{onnx.Scope}/{name}", [2], [a, b]);
        string stride = Pair("stride", Stride, Stride), two = Pair("two", 2, 2);
        string size = onnx.Node("Shape", [x], ("start", 2L));
        string outputs = onnx.Node("Div", [onnx.Node("Add", [size, Pair("stride_less_one", Stride - 1, Stride - 1)]), stride]);
        string last = onnx.Node("Mul", [onnx.Node("Sub", [outputs, Pair("one", 1, 1)]), stride]);
        string needed = onnx.Node("Sub", [onnx.Node("Add", [last, Pair("kernel_size", Height, Width)]), size]);
        string total = onnx.Node("Max", [needed, Pair("zero", 0, 0)]);
        string before = onnx.Node("Div", [total, two]);
        string none = Pair("none", 0, 0);
        string pads = onnx.Node("Concat", [none, before, none, onnx.Node("Sub", [total, before])], ("axis", 0L));
        return value == 0
            ? onnx.Node("Pad", [x, pads])
            : onnx.Node("Pad", [x, pads, onnx.Initializer($"{onnx.Scope}/padding", [], [value])]);
    }
}
