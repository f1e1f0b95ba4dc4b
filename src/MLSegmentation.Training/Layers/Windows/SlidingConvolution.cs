using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// What <see cref="Conv2D"/> and <see cref="DepthwiseConv2D"/> share: (C, H, W) to (filters, H', W'). H' is ⌈H / stride⌉ with
/// SAME padding and ⌊(H - (kernel - 1) · dilation - 1) / stride⌋ + 1 with VALID.
/// </summary>
public abstract class SlidingConvolution : Convolution
{
    private protected SlidingConvolution(long kernelWidth, long kernelHeight)
        : base(kernelWidth, kernelHeight)
    {
    }

    /// <summary>
    /// Rows and columns from one value under the kernel to the next (Keras <c>dilation_rate</c>; Yu and Koltun 2016). A kernel of
    /// 3 with dilation 2 reaches over 5 rows, of which it takes the first, third and fifth. Above 1 the stride must be 1, as in
    /// Keras. Default 1.
    /// </summary>
    public long Dilation { get; init; } = 1;

    /// <inheritdoc/>
    public override long Downsampling => Stride;

    private protected override Window Window => base.Window with { Dilation = Dilation };

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        return Window.Slide(input, Filters(input.Channels));
    }

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) =>
        2 * Window.Area * (inputs[0].Channels / Groups(inputs[0].Channels)) * output.Count;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        var (x, rows, columns) = Window.PadUneven(inputs[0]);
        Tensor y = F.conv2d(
            x, weights[0], Bias(weights), [Stride, Stride], [rows, columns], [Dilation, Dilation], Groups(inputs[0].shape[1]));
        if (!ReferenceEquals(x, inputs[0])) x.Dispose();
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        var (x, pads) = Window.PadFree(onnx, inputs[0], shapes[0]);
        var attributes = new List<(string, object)>
        {
            ("kernel_shape", new[] { Window.Height, Window.Width }),
            ("strides", new[] { Stride, Stride }),
            ("pads", pads.ToOnnx()),
        };
        if (Dilation > 1) attributes.Add(("dilations", new[] { Dilation, Dilation }));
        if (Groups(shapes[0].Channels) is > 1 and var groups) attributes.Add(("group", groups));
        return Activation.Emit(onnx, onnx.Node("Conv", [x, .. weights], [.. attributes]));
    }

    /// <summary>Channels of the result for an input of so many.</summary>
    private protected abstract long Filters(long channels);

    /// <summary>Into how many groups the channels are divided, of which each is convolved alone.</summary>
    private protected abstract long Groups(long channels);
}
