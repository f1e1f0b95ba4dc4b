using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The largest value of each square window (Keras <c>MaxPooling2D</c>): (C, H, W) to (C, H', W'), where H' is
/// ⌊(H - size) / stride⌋ + 1 with VALID padding and ⌈H / stride⌉ with SAME. 64×224×224 with size 2 becomes 64×112×112.
/// </summary>
/// <param name="size">Rows and columns of a window.</param>
public sealed class MaxPool2D(long size) : Layer
{
    private readonly long _size = size;

    /// <summary>Rows and columns from one window to the next. Default: the size of a window.</summary>
    public long Stride { get; init; } = size;

    /// <summary>Default <see cref="PaddingKind.Valid"/>, Keras's. What is padded is never the largest.</summary>
    public PaddingKind Padding { get; init; } = PaddingKind.Valid;

    /// <inheritdoc/>
    public override string DefaultName => "max_pooling2d";

    /// <inheritdoc/>
    public override long Downsampling => Stride;

    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Keeps;

    private Window Window => new(_size, _size, Stride, Padding);

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Window.Slide(SingleMap(inputs), inputs[0].Channels);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        var (x, rows, columns) = Window.PadUneven(inputs[0], double.NegativeInfinity);
        Tensor y = F.max_pool2d(x, [_size, _size], [Stride, Stride], [rows, columns]);
        if (!ReferenceEquals(x, inputs[0])) x.Dispose();
        return y;
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        var (x, pads) = Window.PadFree(onnx, inputs[0], shapes[0], float.NegativeInfinity);
        return onnx.Node(
            "MaxPool",
            [x],
            ("kernel_shape", new[] { _size, _size }),
            ("strides", new[] { Stride, Stride }),
            ("pads", pads.ToOnnx()));
    }
}
