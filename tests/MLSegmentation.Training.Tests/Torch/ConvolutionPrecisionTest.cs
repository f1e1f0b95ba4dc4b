using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ConvolutionPrecisionTest
{
    // Eight bits of precision: a rounding of up to 1/256 in each number, which sums mostly cancel.
    private const double Tolerance = 1e-2;

    [TestMethod]
    [DataRow(3, 1, PaddingKind.Same)]
    [DataRow(3, 2, PaddingKind.Same)]
    [DataRow(1, 1, PaddingKind.Valid)]
    public void Forward_Convolution_IsWithinBFloat16(int kernel, int stride, PaddingKind padding) =>
        CheckClose(new Conv2D(16, kernel) { Stride = stride, Padding = padding });

    [TestMethod]
    [DataRow(4, 2)]
    [DataRow(7, 2)]
    public void Forward_TransposedConvolution_IsWithinBFloat16(int kernel, int stride) =>
        CheckClose(new Conv2DTranspose(16, kernel) { Stride = stride, Activation = Activation.Relu });

    [TestMethod]
    public void Forward_Evaluation_IsThatOfFloat32()
    {
        using var network = NewNetwork(new Conv2D(16, 3), ConvolutionPrecision.BFloat16);
        using var exact = NewNetwork(new Conv2D(16, 3), ConvolutionPrecision.Float32);
        using Tensor input = Input();
        network.eval();

        Assert.IsTrue(network.call(input)[0].equal(exact.call(input)[0]).all().item<bool>());
    }

    [TestMethod]
    public void Forward_Backward_GradientsAre32BitAndClose()
    {
        float[] exact = Gradient(ConvolutionPrecision.Float32), rounded = Gradient(ConvolutionPrecision.BFloat16);

        double scale = exact.Max(Math.Abs);
        for (int i = 0; i < exact.Length; i++) Assert.AreEqual(exact[i], rounded[i], Tolerance * scale);
    }

    [TestMethod]
    public void Forward_TrainingSteps_LowerTheLoss()
    {
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder(), 2))
        {
            ConvolutionPrecision = ConvolutionPrecision.BFloat16,
        };
        using var adam = new AdamOptimizer(network.Storage, weightDecay: 0, isDecoupled: false);
        using Tensor images = zeros(1, 3, 32, 32);
        images[.., .., .., ..16].PlusInPlace(255);
        using Tensor labels = images[.., 0].gt(0).to(int64);
        network.train();
        var losses = new List<float>();
        for (int step = 0; step < 8; step++)
        {
            using var scope = NewDisposeScope();
            adam.ZeroGradients();
            Tensor loss = F.cross_entropy(network.call(images)[0], labels);
            loss.backward();
            adam.Step(1e-3);
            losses.Add(loss.item<float>());
        }

        Assert.IsLessThan(losses[0] / 2, losses[^1], string.Join(", ", losses));
        Assert.IsTrue(network.parameters().All(weight => weight.dtype == ScalarType.Float32));
    }

    [TestMethod]
    public void Forward_WithoutGradients_LeavesOneTensor()
    {
        using var network = NewNetwork(new Conv2D(16, 3), ConvolutionPrecision.BFloat16);
        using Tensor input = Input();
        using var noGradients = no_grad();
        network.call(input)[0].Dispose();
        long before = Tensor.TotalCount;

        using Tensor output = network.call(input)[0];

        Assert.AreEqual(before + 1, Tensor.TotalCount);
    }

    private static void CheckClose(Layer layer)
    {
        using var scope = NewDisposeScope();
        using var rounded = NewNetwork(layer, ConvolutionPrecision.BFloat16);
        using var exact = NewNetwork(layer, ConvolutionPrecision.Float32);
        Tensor input = Input(), expected = exact.call(input)[0], actual = rounded.call(input)[0];

        double difference = (actual - expected).abs().max().item<float>() / expected.abs().max().item<float>();

        Assert.AreEqual(ScalarType.Float32, actual.dtype);
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        Assert.IsGreaterThan(0, difference, "It was not rounded at all.");
        Assert.IsLessThan(Tolerance, difference);
    }

    private static float[] Gradient(ConvolutionPrecision precision)
    {
        using var scope = NewDisposeScope();
        using var network = NewNetwork(new Conv2D(4, 3), precision);
        network.call(Input())[0].square().mean().backward();
        Tensor gradient = network.WeightsByName.First().Weight.grad!;
        Assert.AreEqual(ScalarType.Float32, gradient.dtype);
        return gradient.contiguous().data<float>().ToArray();
    }

    private static TorchNetwork NewNetwork(Layer layer, ConvolutionPrecision precision)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(8, Shape.Any, Shape.Any));
        var network = new TorchNetwork(new LayerGraph("one", [image], [layer.Apply(image)])) { ConvolutionPrecision = precision };
        network.train();
        return network;
    }

    private static Tensor Input()
    {
        using var random = new Generator(3);
        return rand([2, 8, 14, 10], generator: random).Plus(-0.5);
    }
}
