using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>The two outputs of a segmentation graph, over each way in which its last layer finds the best class.</summary>
[TestClass]
public sealed class SegmentationExporterTest
{
    public static IEnumerable<object[]> LastLayers()
    {
        object[] Case(string name, Layer last) => [name, last];
        yield return Case("convolution", new Conv2D(5, 3));
        yield return Case("kernel of whole strides", new Conv2DTranspose(5, 4) { Stride = 2 });
        yield return Case("kernel of one stride", new Conv2DTranspose(5, 4) { Stride = 4 });
        yield return Case("oblong kernel", new Conv2DTranspose(5, 3, 6) { Stride = 3 });
        yield return Case("no bias", new Conv2DTranspose(5, 16) { Stride = 8, UseBias = false });
        yield return Case("no cropping", new Conv2DTranspose(5, 4) { Stride = 2, Padding = PaddingKind.Valid });
        yield return Case("kernel of no whole strides", new Conv2DTranspose(5, 3) { Stride = 2 });
        yield return Case("activation", new Conv2DTranspose(5, 4) { Stride = 2, Activation = Activation.Relu });
    }

    [TestMethod]
    [DynamicData(nameof(LastLayers))]
    public void Export_EachLastLayer_GivesProbabilitiesAndTheBestClass(string name, Layer last)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        using TorchNetwork network = Network(last);
        Tensor image = randn([2, 3, 7, 6], generator: random), logits = Logits(network, image);

        foreach (bool isFixed in new[] { false, true })
        {
            var outputs = Run(network, image, isFixed);

            Assert.IsLessThan(1e-5f, (logits.softmax(1) - outputs["probabilities"]).abs().max().item<float>(), name);
            CollectionAssert.AreEqual(
                logits.argmax(1).to(uint8).data<byte>().ToArray(), outputs["mask"].data<byte>().ToArray(), name);
            CollectionAssert.AreEqual(new[] { 2, logits.shape[2], logits.shape[3] }, outputs["mask"].shape, name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(LastLayers))]
    public void Export_EqualScores_GiveTheFirstClass(string name, Layer last)
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Network(last);
        using (no_grad())
        {
            foreach (Tensor weight in network.WeightsOf(last)) weight.zero_();
        }

        Assert.AreEqual(0, Run(network, ones(1, 3, 4, 4), isFixed: false)["mask"].count_nonzero().item<long>(), name);
    }

    [TestMethod]
    public void Export_NetworkWithStrides_TakesAndNamesTheirMultiples()
    {
        using var scope = NewDisposeScope();
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor down = new MaxPool2D(2).Apply(new Conv2D(4, 3) { Stride = 3 }.Apply(image));
        SymbolicTensor up = new Conv2DTranspose(5, 6) { Stride = 6 }.Apply(down);
        using var network = new TorchNetwork(new LayerGraph("network", [image], [up]));

        var metadata = new ImageModelMetadata { ClassNames = ["a", "b", "c", "d", "e"] };
        Assert.AreEqual(6, OnnxModelInfo.FromBytes(SegmentationExporter.Export(network, metadata)).SizeMultiple);
        foreach (long size in (long[])[6, 12, 30])
        {
            Tensor mask = Run(network, ones(1, 3, size, 2 * size), isFixed: false)["mask"];
            CollectionAssert.AreEqual(new[] { 1, size, 2 * size }, mask.shape);
        }
    }

    private static TorchNetwork Network(Layer last)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        return new TorchNetwork(new LayerGraph("network", [image], [last.Apply(new Conv2D(4, 3).Apply(image))]));
    }

    private static Tensor Logits(TorchNetwork network, Tensor image)
    {
        network.eval();
        using var noGradients = no_grad();
        return network.call(image)[0];
    }

    private static IReadOnlyDictionary<string, Tensor> Run(TorchNetwork network, Tensor image, bool isFixed)
    {
        var metadata = new ImageModelMetadata { ClassNames = ["a", "b", "c", "d", "e"] };
        (int height, int width) = ((int)image.shape[2], (int)image.shape[3]);
        byte[] model = SegmentationExporter.Export(network, metadata, isFixed ? width : null, isFixed ? height : null);
        using var session = new InferenceSession(model);
        return OnnxRun.All(session, image);
    }
}
