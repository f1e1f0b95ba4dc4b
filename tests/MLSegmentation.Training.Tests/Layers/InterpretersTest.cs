using System.Text;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// Every layer that the Keras oracle does not cover: TorchSharp and ONNX Runtime give the same, and small cases the known values.
/// </summary>
[TestClass]
public sealed class InterpretersTest
{
    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void ForwardAndEmit_EachLayer_Agree(string name, Func<SymbolicTensor, SymbolicTensor> apply, long[] size)
    {
        using var scope = NewDisposeScope();
        Shape shape = Shape.Map(size[0], size[2], size[1]);
        var (expected, actual) = Compute(apply, shape, Values([2, .. size]));

        CollectionAssert.AreEqual(expected.shape, actual.shape, name);
        float largest = Math.Max(expected.abs().max().item<float>(), 1);
        Assert.IsLessThan(1e-5f * largest, (expected - actual).abs().max().item<float>(), name);
    }

    public static IEnumerable<object[]> Layers()
    {
        object[] Case(string name, Func<SymbolicTensor, SymbolicTensor> apply, params long[] size) => [name, apply, size];
        yield return Case("MaxPool2D", x => new MaxPool2D(2).Apply(x), 3, 7, 6);
        foreach (long side in new[] { 8L, 9L })
        {
            MaxPool2D Pool() => new(3) { Stride = 2, Padding = PaddingKind.Symmetric };
            yield return Case($"MaxPool2D overlapping, {side} columns", x => Pool().Apply(x), 3, 7, side);
            foreach (long kernel in new[] { 1L, 2L, 3L, 7L })
            {
                Conv2D Convolution() => new(4, kernel) { Stride = 2, Padding = PaddingKind.Symmetric };
                yield return Case($"Conv2D {kernel}x{kernel} symmetric, {side} columns", x => Convolution().Apply(x), 3, 7, side);
            }
        }
        foreach (long stride in new[] { 1L, 2L, 3L })
        {
            yield return Case($"MaxPool2D SAME, stride {stride}",
                x => new MaxPool2D(3) { Stride = stride, Padding = PaddingKind.Same }.Apply(x), 3, 8, 7);
            yield return Case($"DepthwiseConv2D, stride {stride}",
                x => new DepthwiseConv2D(3) { Stride = stride }.Apply(x), 3, 8, 7);
        }
        foreach (PaddingKind padding in Enum.GetValues<PaddingKind>())
        {
            yield return Case($"Conv2D, dilation 3, {padding}",
                x => new Conv2D(4, 3) { Dilation = 3, Padding = padding }.Apply(x), 3, 8, 9);
            yield return Case($"DepthwiseConv2D, dilation 2, {padding}",
                x => new DepthwiseConv2D(3) { Dilation = 2, Padding = padding, UseBias = false }.Apply(x), 3, 8, 9);
        }
        yield return Case("Conv2D 4x4, dilation 3", x => new Conv2D(4, 4) { Dilation = 3 }.Apply(x), 3, 8, 9);
        yield return Case("Add of one pixel to all",
            x => x + new GlobalAveragePooling2D { KeepsDimensions = true }.Apply(x), 3, 4, 5);
        yield return Case("Add", x => x + new Relu().Apply(x), 3, 4, 5);
        yield return Case("Add of one channel to many", x => new Conv2D(4, 3).Apply(x) + x, 1, 4, 5);
        yield return Case("Add of many channels to one", x => x + new Conv2D(4, 3).Apply(x), 1, 4, 5);
        yield return Case("GlobalAveragePooling2D", x => new GlobalAveragePooling2D().Apply(x), 3, 4, 5);
        yield return Case("Concatenate", x => new Concatenate().Apply(x, new Relu().Apply(x), x), 2, 4, 5);
        yield return Case("Relu", x => new Relu().Apply(x), 2, 3, 3);
        yield return Case("Softmax", x => new Softmax().Apply(x), 5, 4, 4);
        yield return Case("BatchNormalization", x => new BatchNormalization().Apply(x), 4, 5, 5);
        yield return Case("Dropout", x => new Dropout(0.5).Apply(new Relu().Apply(x)), 4, 5, 5);
        yield return Case("UpSampling2D nearest", x => new UpSampling2D(3).Apply(x), 2, 3, 4);
        yield return Case("UpSampling2D bilinear", x => new UpSampling2D(2, Interpolation.Bilinear).Apply(x), 2, 3, 4);
        yield return Case(
            "Flatten and Dense", x => new Dense(7) { Activation = Activation.Relu }.Apply(new Flatten().Apply(x)), 2, 3, 4);
        yield return Case("Normalization by channel", x => new Normalization([1, 2, 3], [4, 5, 6]).Apply(x), 3, 4, 4);
        yield return Case("ReverseChannels", x => new ReverseChannels().Apply(x), 3, 4, 5);
        yield return Case("EqualExposure", x => new EqualExposure().Apply(x), 3, 4, 5);
        yield return Case("EqualExposure of more than its window", x => new EqualExposure().Apply(x), 1, 40, 70);
        yield return Case("AveragePool2D", x => new AveragePool2D(5).Apply(x), 3, 4, 7);
        yield return Case("AveragePool2D by twos", x => new AveragePool2D(2) { Stride = 2 }.Apply(x), 3, 4, 6);
        yield return Case("SquaredDistance", x => new SquaredDistance().Apply(x, new Relu().Apply(x)), 3, 4, 5);
        yield return Case("Conv2D with ReLU",
            x => new Conv2D(4, 3) { Stride = 2, Activation = Activation.Relu, UseBias = false }.Apply(x), 3, 8, 8);
        yield return Case("Conv2D with an oblong kernel", x => new Conv2D(4, 5, 2).Apply(x), 3, 8, 9);
        yield return Case("Conv2DTranspose, no bias", x => new Conv2DTranspose(2, 4) { UseBias = false }.Apply(x), 3, 5, 6);
        foreach (PaddingKind padding in new[] { PaddingKind.Same, PaddingKind.Valid })
        {
            yield return Case($"Conv2DTranspose, kernel 2, stride 2, {padding}",
                x => new Conv2DTranspose(4, 2) { Stride = 2, Padding = padding }.Apply(x), 3, 5, 6);
            yield return Case($"Conv2DTranspose, kernel 6, stride 3, {padding}",
                x => new Conv2DTranspose(4, 6) { Stride = 3, Padding = padding }.Apply(x), 3, 5, 6);
            yield return Case($"Conv2DTranspose, kernel 4x6, stride 2, {padding}",
                x => new Conv2DTranspose(4, 6, 4) { Stride = 2, Padding = padding }.Apply(x), 3, 5, 6);
        }
        yield return Case("Conv2DTranspose with ReLU",
            x => new Conv2DTranspose(4, 3) { Stride = 2, Activation = Activation.Relu }.Apply(x), 3, 5, 6);
    }

    [TestMethod]
    [DataRow(4, 2, "DepthToSpace", "ConvTranspose")]
    [DataRow(3, 2, "ConvTranspose", "DepthToSpace")]
    public void Conv2DTranspose_KernelOfWholeStrides_IsExportedAsAConvolution(
        int kernel, int stride, string operation, string other)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 6, 5));
        using var network = new TorchNetwork(
            new LayerGraph("up", [image], [new Conv2DTranspose(2, kernel) { Stride = stride, Name = "up" }.Apply(image)]));

        string model = Encoding.Latin1.GetString(Export(network, Shape.Map(3, 6, 5)));

        StringAssert.Contains(model, operation);
        Assert.IsFalse(model.Contains(other, StringComparison.Ordinal));
    }

    [TestMethod]
    public void BatchNormalization_InInference_UsesMovingStatistics()
    {
        using var scope = NewDisposeScope();
        SymbolicTensor input = SymbolicTensor.Input(Shape.Map(1, 2, 1));
        var layer = new BatchNormalization { Epsilon = 0 };
        using var network = new TorchNetwork(new LayerGraph("bn", [input], [layer.Apply(input)]));
        network.eval();
        using (no_grad())
        {
            float[] gammaBetaMeanVariance = [3, 1, 4, 4];
            foreach (var (weight, value) in network.WeightsOf(layer).Zip(gammaBetaMeanVariance)) weight.fill_(value);
        }

        Tensor y = network.call(tensor(new float[] { 4, 8 }, [1, 1, 1, 2]))[0];

        // (4 - 4) / 2 * 3 + 1 and (8 - 4) / 2 * 3 + 1.
        CollectionAssert.AreEqual(new float[] { 1, 7 }, y.data<float>().ToArray());
    }

    /// <summary>Where the size is free, the graph computes the padding, which must be less than every value.</summary>
    [TestMethod]
    [DataRow(8, 7)]
    [DataRow(9, 10)]
    public void ForwardAndEmit_SamePaddingOfAFreeSize_Agree(int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor values = Values([2, 3, height, width]).Plus(-10);
        static SymbolicTensor Pool(SymbolicTensor x) => new MaxPool2D(3) { Stride = 2, Padding = PaddingKind.Same }.Apply(x);
        static SymbolicTensor Depthwise(SymbolicTensor x) => new DepthwiseConv2D(3) { Stride = 2 }.Apply(x);
        foreach (Func<SymbolicTensor, SymbolicTensor> apply in (Func<SymbolicTensor, SymbolicTensor>[])[Pool, Depthwise])
        {
            var (expected, actual) = Compute(apply, Shape.Map(3, Shape.Any, Shape.Any), values);
            CollectionAssert.AreEqual(expected.shape, actual.shape);
            Assert.IsLessThan(1e-5f, (expected - actual).abs().max().item<float>());
        }
    }

    /// <summary>Keras pads one more after than before: of -1, -2, -3, -4, -5 by twos the last is alone.</summary>
    [TestMethod]
    [DataRow(2, 2, new float[] { -1, -3, -5 })]
    [DataRow(3, 2, new float[] { -1, -2, -4 })]
    [DataRow(2, 1, new float[] { -1, -2, -3, -4, -5 })]
    public void MaxPool2D_SamePadding_HasTheValuesWorkedByHand(int size, int stride, float[] expected)
    {
        using var scope = NewDisposeScope();
        var layer = new MaxPool2D(size) { Stride = stride, Padding = PaddingKind.Same };
        Tensor row = tensor(new float[] { -1, -2, -3, -4, -5 }, [1, 1, 1, 5]);

        Tensor y = layer.Forward([row], [], isTraining: false);

        CollectionAssert.AreEqual(expected, y.contiguous().data<float>().ToArray());
    }

    [TestMethod]
    public void EqualExposure_TwoGrays_HaveTheMeanAndAboutTheDeviation()
    {
        using var scope = NewDisposeScope();
        Tensor y = new EqualExposure().Forward([tensor(new float[] { 90, 110 }, [1, 1, 1, 2])], [], isTraining: false);

        // Ten from their mean: 115 - 50 · 10 / 11 and 115 + 50 · 10 / 11.
        Assert.AreEqual(115 - 500 / 11f, y[0, 0, 0, 0].item<float>(), 1e-4f);
        Assert.AreEqual(115 + 500 / 11f, y[0, 0, 0, 1].item<float>(), 1e-4f);
    }

    [TestMethod]
    public void EqualExposure_ShadeThatFallsSlowly_IsTakenAway()
    {
        using var scope = NewDisposeScope();
        // Stripes of one contrast, whose right half is darker by 60 and has half of it.
        Tensor column = arange(400, dtype: float32).reshape(1, 1, 1, 400), isRight = column.ge(200);
        Tensor stripes = where(column.remainder(2).eq(0), 20f, -20f) * where(isRight, 0.5f, 1f) + where(isRight, 100f, 160f);

        Tensor y = new EqualExposure().Forward([stripes.expand(1, 1, 90, 400).contiguous()], [], isTraining: false);

        // Further than half a window from the edge of the shade, both halves are alike but for what is added to the deviation.
        Tensor left = y[0, 0, 45, 100..120], right = y[0, 0, 45, 300..320];
        Assert.IsLessThan(5, (left - right).abs().max().item<float>());
        Assert.AreEqual(115, right.mean().item<float>(), 2);
        Assert.AreEqual(50, right.std().item<float>(), 6);
    }

    [TestMethod]
    public void AveragePool2D_OfThree_CountsNothingBeyondTheBorder()
    {
        using var scope = NewDisposeScope();

        Tensor y = new AveragePool2D(3).Forward([tensor(new float[] { 1, 2, 6 }, [1, 1, 1, 3])], [], isTraining: false);

        CollectionAssert.AreEqual(new float[] { 1.5f, 3, 4 }, y.data<float>().ToArray());
    }

    [TestMethod]
    public void SquaredDistance_OfTwoPairs_IsAsWorkedByHand()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 3, 1, 4, 0 }, [1, 2, 1, 2]), b = tensor(new float[] { 4, 1, 2, 0 }, [1, 2, 1, 2]);

        Tensor y = new SquaredDistance().Forward([a, b], [], isTraining: false);

        // (3, 4) and (4, 2), and (1, 0) twice.
        CollectionAssert.AreEqual(new float[] { 2.5f, 0 }, y.data<float>().ToArray());
    }

    [TestMethod]
    public void Dropout_InTraining_DropsAndScales()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        Tensor y = new Dropout(0.25).Forward([ones(100, 100)], [], isTraining: true);

        float[] values = [.. y.data<float>().ToArray().Distinct().Order()];
        Assert.HasCount(2, values);
        Assert.AreEqual(0, values[0]);
        Assert.AreEqual(1 / 0.75f, values[1], 1e-6f);
        Assert.AreEqual(0.25, 1 - y.count_nonzero().item<long>() / 10000.0, 0.02);
    }

    [TestMethod]
    public void UpSampling2D_Bilinear_InterpolatesBetweenHalfPixelCentres()
    {
        using var scope = NewDisposeScope();
        Tensor y = new UpSampling2D(2, Interpolation.Bilinear)
            .Forward([tensor(new float[] { 0, 4 }, [1, 1, 1, 2])], [], isTraining: false);

        CollectionAssert.AreEqual(new float[] { 0, 1, 3, 4, 0, 1, 3, 4 }, y.data<float>().ToArray());
    }

    [TestMethod]
    public void Fill_HeNormal_HasItsDeviationAndIsCutAtTwo()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        Tensor values = empty(200_000);
        Initializer.HeNormal(fanIn: 50).Fill(values, random);

        // Deviation sqrt(2 / 50) = 0.2; the underlying normal is wider by 1 / 0.8796 and cut at two of its deviations.
        Assert.AreEqual(0.2, values.std().item<float>(), 0.002);
        Assert.AreEqual(0, values.mean().item<float>(), 0.002);
        Assert.AreEqual(2 * 0.2 / 0.87962566, values.abs().max().item<float>(), 0.005);
    }

    [TestMethod]
    public void Conv2D_SymmetricPadding_LiesElsewhereThanSame()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, 3, 4 }, [1, 1, 1, 4]), kernel = tensor(new float[] { 1, 10, 100 }, [1, 1, 1, 3]);
        float[] Convolve(PaddingKind padding)
        {
            var layer = new Conv2D(1, 3, 1) { Stride = 2, Padding = padding, UseBias = false };
            return layer.Forward([x], [kernel], isTraining: false).data<float>().ToArray();
        }

        // From 0 before the first value: (0 1 2) and (2 3 4). SAME has its zero after the last: (1 2 3) and (3 4 0).
        CollectionAssert.AreEqual(new float[] { 210, 432 }, Convolve(PaddingKind.Symmetric));
        CollectionAssert.AreEqual(new float[] { 321, 43 }, Convolve(PaddingKind.Same));
    }

    [TestMethod]
    public void MaxPool2D_SymmetricPadding_NeverIsTheLargest()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { -1, -2, -3, -4 }, [1, 1, 1, 4]);

        Tensor y = new MaxPool2D(3) { Stride = 2, Padding = PaddingKind.Symmetric }.Forward([x], [], isTraining: false);

        CollectionAssert.AreEqual(new float[] { -1, -2 }, y.data<float>().ToArray());
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(8)]
    public void Fill_Bilinear_InterpolatesEachChannelAsUpSamplingDoes(int stride)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        Tensor x = randn([1, 2, 5, 6], generator: random), kernel = empty(2, 2, 2 * stride, 2 * stride);
        Initializer.Bilinear.Fill(kernel, random);

        var layer = new Conv2DTranspose(2, 2 * stride) { Stride = stride, UseBias = false };
        Tensor y = layer.Forward([x], [kernel], isTraining: false);
        Tensor expected = new UpSampling2D(stride, Interpolation.Bilinear).Forward([x], [], isTraining: false);

        // At the edges one repeats the last value and the other has zeros.
        static Tensor Inner(Tensor map, int edge) => map[.., .., edge..^edge, edge..^edge];
        CollectionAssert.AreEqual(expected.shape, y.shape);
        Assert.IsLessThan(1e-5f, (Inner(y, stride / 2) - Inner(expected, stride / 2)).abs().max().item<float>());
    }

    private static (Tensor Torch, Tensor Onnx) Compute(Func<SymbolicTensor, SymbolicTensor> apply, Shape shape, Tensor input)
    {
        SymbolicTensor image = SymbolicTensor.Input(shape);
        using var network = new TorchNetwork(new LayerGraph("layer", [image], [apply(image)]));
        network.eval();
        using var noGradients = no_grad();
        foreach (Tensor statistic in network.buffers()) statistic.uniform_(0.5, 1.5);

        using var session = new InferenceSession(Export(network, shape));
        return (network.call(input)[0], OnnxRun.Single(session, input));
    }

    private static byte[] Export(TorchNetwork network, Shape shape)
    {
        var onnx = new OnnxGraphBuilder("layer");
        string x = onnx.Input("x", OnnxElementType.Float, GraphExporter.Dimensions(shape));
        var (name, outputShape) = GraphExporter.Write(network, onnx, x, shape)[0];
        onnx.Output("y", name, OnnxElementType.Float, GraphExporter.Dimensions(outputShape));
        return onnx.ToModel(new Dictionary<string, string>());
    }

    private static Tensor Values(long[] shape)
    {
        using var random = new Generator(3);
        return randn(shape, generator: random);
    }
}
