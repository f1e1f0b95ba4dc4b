using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// Dilated and depthwise convolutions: what they are by a plain convolution, and values worked by hand. That ONNX Runtime gives
/// the same is in <see cref="InterpretersTest"/>.
/// </summary>
[TestClass]
public sealed class SlidingConvolutionTest
{
    [TestMethod]
    [DataRow(3, 2, PaddingKind.Same)]
    [DataRow(3, 6, PaddingKind.Same)]
    [DataRow(2, 3, PaddingKind.Same)]
    [DataRow(4, 2, PaddingKind.Same)]
    [DataRow(3, 2, PaddingKind.Valid)]
    [DataRow(3, 2, PaddingKind.Symmetric)]
    [DataRow(5, 3, PaddingKind.Symmetric)]
    public void Forward_Dilated_IsAConvolutionWithTheKernelSpreadByZeros(int kernel, int dilation, PaddingKind padding)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        int reach = (kernel - 1) * dilation + 1;
        Tensor x = rand([2, 3, 17, 14], generator: random), bias = rand([4], generator: random);
        Tensor weights = rand([4, 3, kernel, kernel], generator: random), spread = zeros(4, 3, reach, reach);
        spread[.., .., TensorIndex.Slice(step: dilation), TensorIndex.Slice(step: dilation)] = weights;
        var dilated = new Conv2D(4, kernel) { Dilation = dilation, Padding = padding };

        Tensor expected = new Conv2D(4, reach) { Padding = padding }.Forward([x], [spread, bias], isTraining: false);
        Tensor actual = dilated.Forward([x], [weights, bias], isTraining: false);

        Shape shape = dilated.InferShape([Shape.Map(3, 14, 17)]);
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        Assert.AreEqual((expected.shape[2], expected.shape[3]), (shape.Height, shape.Width));
        Assert.IsLessThan(1e-5f, (expected - actual).abs().max().item<float>());
    }

    /// <summary>Each channel is convolved with its own kernels: a plain convolution whose other kernels are zero.</summary>
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 1)]
    [DataRow(1, 2)]
    public void Forward_Depthwise_IsAConvolutionWithABlockDiagonalKernel(int stride, int dilation)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        const int channels = 3;
        Tensor x = rand([2, channels, 9, 8], generator: random);
        Tensor weights = rand([channels, 1, 3, 3], generator: random), bias = rand([channels]);
        Tensor full = zeros(channels, channels, 3, 3);
        for (int i = 0; i < channels; i++) full[i, i] = weights[i, 0];

        Tensor expected = new Conv2D(channels, 3) { Stride = stride, Dilation = dilation }
            .Forward([x], [full, bias], isTraining: false);
        var depthwise = new DepthwiseConv2D(3) { Stride = stride, Dilation = dilation };
        Tensor actual = depthwise.Forward([x], [weights, bias], isTraining: false);

        CollectionAssert.AreEqual(expected.shape, actual.shape);
        Assert.AreEqual(Shape.Map(expected.shape[1], expected.shape[3], expected.shape[2]),
            depthwise.InferShape([Shape.Map(channels, 8, 9)]));
        Assert.IsLessThan(1e-5f, (expected - actual).abs().max().item<float>());
    }

    /// <summary>The kernel 1, 10, 100 with dilation 2 over 1, 2, 3, 4, 5: in the middle 1·1 + 3·10 + 5·100.</summary>
    [TestMethod]
    public void Forward_DilatedRow_HasTheValuesWorkedByHand()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, 3, 4, 5 }, [1, 1, 1, 5]), kernel = tensor(new float[] { 1, 10, 100 }, [1, 1, 1, 3]);
        float[] Row(PaddingKind padding) =>
            new Conv2D(1, kernelWidth: 3, kernelHeight: 1) { Dilation = 2, UseBias = false, Padding = padding }
                .Forward([x], [kernel], isTraining: false).contiguous().data<float>().ToArray();

        CollectionAssert.AreEqual(new float[] { 310, 420, 531, 42, 53 }, Row(PaddingKind.Same));
        CollectionAssert.AreEqual(new float[] { 531 }, Row(PaddingKind.Valid));
    }

    /// <summary>Keras stores (height, width, channel, multiplier): channel 0 times 3, channel 1 times 4.</summary>
    [TestMethod]
    public void Forward_DepthwiseWeightsOfKeras_TakesEachChannelsOwn()
    {
        using var scope = NewDisposeScope();
        var layer = new DepthwiseConv2D(1) { UseBias = false };
        WeightSpec kernel = layer.Weights([Shape.Map(2, 1, 1)])[0];
        CollectionAssert.AreEqual(new long[] { 1, 1, 2, 1 }, kernel.KerasShape);

        Tensor weights = kernel.FromKeras(tensor(new float[] { 3, 4 }, kernel.KerasShape));
        Tensor y = layer.Forward([tensor(new float[] { 10, 100 }, [1, 2, 1, 1])], [weights], isTraining: false);

        CollectionAssert.AreEqual(new float[] { 30, 400 }, y.data<float>().ToArray());
    }

    [TestMethod]
    public void CountFlops_DilatedAndDepthwise_CountsWhatIsMultiplied()
    {
        Shape map = Shape.Map(32, 28, 28);
        long Flops(SlidingConvolution layer) => layer.CountFlops([map], layer.InferShape([map]));

        Assert.AreEqual(2L * 9 * 32 * 64 * 28 * 28, Flops(new Conv2D(64, 3)));
        Assert.AreEqual(2L * 9 * 32 * 64 * 28 * 28, Flops(new Conv2D(64, 3) { Dilation = 6 }));
        Assert.AreEqual(2L * 9 * 32 * 28 * 28, Flops(new DepthwiseConv2D(3)));
        Assert.AreEqual(2L * 9 * 32 * 14 * 14, Flops(new DepthwiseConv2D(3) { Stride = 2 }));
    }

    [TestMethod]
    [DataRow(2, 2, "stride")]
    [DataRow(1, 0, "at least 1")]
    public void Apply_StrideAndDilation_IsRefusedAsInKeras(int stride, int dilation, string expected)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(
                () => new Conv2D(4, 3) { Stride = stride, Dilation = dilation }.Apply(image)).Message, expected);
        Assert.ThrowsExactly<ArgumentException>(
            () => new DepthwiseConv2D(3) { Stride = stride, Dilation = dilation }.Apply(image));
    }

    [TestMethod]
    public void Apply_DilatedValidOverASmallMap_IsRefused() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(
            () => new Conv2D(4, 3) { Dilation = 4, Padding = PaddingKind.Valid }.Apply(
                SymbolicTensor.Input(Shape.Map(3, 8, 8)))).Message,
        "a kernel of 9");
}
