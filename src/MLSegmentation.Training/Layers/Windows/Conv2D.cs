namespace MLSegmentation.Training.Layers;

/// <summary>
/// A 2-D convolution (Keras <c>Conv2D</c>): (C, H, W) to (filters, H', W'). H' is ⌈H / stride⌉ with SAME padding and
/// ⌊(H - (kernel - 1) · dilation - 1) / stride⌋ + 1 with VALID. 1×28×28 with 32 filters 3×3, stride 2 and SAME becomes 32×14×14
/// with 320 weights.
/// </summary>
/// <param name="filters">Channels of the result.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
public sealed class Conv2D(long filters, long kernelWidth, long kernelHeight) : SlidingConvolution(kernelWidth, kernelHeight)
{
    /// <summary>A convolution with a square kernel.</summary>
    public Conv2D(long filters, long kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    private protected override WeightSpec Kernel(long channels) => Kernel(
        "kernel",
        dimensions: [filters, channels, Window.Height, Window.Width],
        keras: [Window.Height, Window.Width, channels, filters],
        axes: [3, 2, 0, 1]);

    private protected override long Filters(long channels) => filters;

    private protected override long Groups(long channels) => 1;
}
