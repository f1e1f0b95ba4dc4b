using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The mean of each square window: (C, H, W) to (C, H', W'), where H' is ⌊(H - 1) / stride⌋ + 1 with an odd size and
/// ⌊(H - size) / stride⌋ + 1 with an even one. What lies beyond the border does not count: of 1, 2, 6 by windows of 3 it makes
/// 1.5, 3, 4.
/// </summary>
/// <param name="size">Rows and columns of a window.</param>
internal sealed class AveragePool2D(long size) : Layer
{
    private readonly long _size = size;

    /// <summary>Rows and columns from one window to the next. Default 1.</summary>
    public long Stride { get; init; } = 1;

    /// <inheritdoc/>
    public override long Downsampling => Stride;

    private Window Window => new(_size, _size, Stride, _size % 2 == 0 ? PaddingKind.Valid : PaddingKind.Symmetric);

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Window.Slide(SingleMap(inputs), inputs[0].Channels);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        Sides pads = Window.Pads(inputs[0].shape[2], inputs[0].shape[3]);
        return F.avg_pool2d(
            inputs[0], [_size, _size], [Stride, Stride], [pads.Top, pads.Left], ceil_mode: false, count_include_pad: false);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node(
            "AveragePool",
            inputs,
            ("kernel_shape", new[] { _size, _size }),
            ("strides", new[] { Stride, Stride }),
            ("pads", Window.Pads(shapes[0].Height, shapes[0].Width).ToOnnx()),
            ("count_include_pad", 0L));
}
