using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>The blocks that the networks which train from scratch are made of: convolution, batch normalisation, ReLU.</summary>
internal static class ConvolutionBlock
{
    // A training may have but a few hundred steps, and the moving averages have to follow.
    private const double Momentum = 0.95;

    /// <summary>Convolution (SAME, no bias), batch normalisation, ReLU.</summary>
    public static SymbolicTensor Apply(SymbolicTensor x, string name, long filters, long kernelSize = 3, long stride = 1) =>
        new Relu { Name = $"{name}_relu" }.Apply(Linear(x, name, filters, kernelSize, stride));

    /// <summary>Two convolutions whose result is added to their input (He et al. 2016, figure 2), then ReLU.</summary>
    public static SymbolicTensor ApplyResidual(SymbolicTensor x, string name, long filters)
    {
        SymbolicTensor y = Linear(Apply(x, $"{name}1", filters), $"{name}2", filters, 3, 1);
        return new Relu { Name = $"{name}_relu" }.Apply(new Add { Name = $"{name}_add" }.Apply(y, x));
    }

    /// <summary>
    /// The same with a depthwise separable convolution (Howard et al. 2017, section 3.1): 3×3 of each channel alone, then 1×1.
    /// </summary>
    public static SymbolicTensor ApplySeparable(SymbolicTensor x, string name, long filters, long dilation = 1)
    {
        x = new DepthwiseConv2D(3)
        {
            Name = $"{name}_depthwise",
            Dilation = dilation,
            UseBias = false,
            KernelInitializer = Initializer.HeNormal(3 * 3),
        }.Apply(x);
        return Apply(x, name, filters, kernelSize: 1);
    }

    /// <summary>Batch normalisation, ReLU.</summary>
    public static SymbolicTensor Normalize(SymbolicTensor x, string name) => new Relu { Name = $"{name}_relu" }.Apply(
        new BatchNormalization { Name = $"{name}_bn", Momentum = Momentum }.Apply(x));

    private static SymbolicTensor Linear(SymbolicTensor x, string name, long filters, long kernelSize, long stride)
    {
        Initializer start = Initializer.HeNormal(x.Shape.Channels * kernelSize * kernelSize);
        x = new Conv2D(filters, kernelSize) { Name = name, Stride = stride, UseBias = false, KernelInitializer = start }.Apply(x);
        return new BatchNormalization { Name = $"{name}_bn", Momentum = Momentum }.Apply(x);
    }
}
