namespace MLSegmentation.Training.Layers;

/// <summary>
/// A convolution of each channel alone (Keras <c>DepthwiseConv2D</c>; Howard et al. 2017, section 3.1): (C, H, W) to (C, H',
/// W'), with H' as of <see cref="Conv2D"/>. 32×28×28 with a kernel of 3×3 and SAME stays 32×28×28, with 320 weights, where a
/// <see cref="Conv2D"/> has 9,248. With a convolution of 1×1 after it, it is a depthwise separable convolution.
/// </summary>
/// <param name="kernelSize">Rows and columns of the kernel.</param>
public sealed class DepthwiseConv2D(long kernelSize) : SlidingConvolution(kernelSize, kernelSize)
{
    /// <inheritdoc/>
    public override string DefaultName => "depthwise_conv2d";

    private protected override WeightSpec Kernel(long channels) => Kernel(
        "kernel",
        dimensions: [channels, 1, Window.Height, Window.Width],
        keras: [Window.Height, Window.Width, channels, 1],
        axes: [2, 3, 0, 1]);

    private protected override long Filters(long channels) => channels;

    private protected override long Groups(long channels) => channels;
}
