using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class OnnxWeightsTest
{
    [TestMethod]
    public void CopyTo_FromAnAutoencoder_TakesTheEncoderAndNothingElse()
    {
        using var scope = NewDisposeScope();
        using TorchNetwork autoencoder = new(EncoderAutoencoder.Create(new CompactEncoder()), seed: 2);
        using (no_grad())
        {
            // Statistics too: untrained ones are alike in every network.
            foreach (Tensor statistic in autoencoder.buffers()) statistic.PlusInPlace(3);
        }
        using TorchNetwork network = new(FullyConvolutionalNetwork.Create(new CompactEncoder(), 2), seed: 1);
        using TorchNetwork before = new(FullyConvolutionalNetwork.Create(new CompactEncoder(), 2), seed: 1);

        var copied = OnnxWeights.CopyTo(network, AutoencoderExporter.Export(autoencoder, 64, 64));

        var (source, untouched) = (Weights(autoencoder), Weights(before));
        foreach (var (name, weights) in Weights(network))
        {
            bool isEncoder = name.StartsWith("stage", StringComparison.Ordinal);
            Assert.AreEqual(isEncoder, copied.Contains(name), name);
            Tensor[] expected = (isEncoder ? source : untouched)[name];
            foreach (var (actual, wanted) in weights.Zip(expected)) Assert.IsTrue(actual.Equals(wanted), name);
        }
        Assert.IsTrue(network.parameters().All(weight => weight.requires_grad && weight.is_leaf));
    }

    [TestMethod]
    public void CopyTo_LayerOfAnotherShape_KeepsItsWeights()
    {
        using var scope = NewDisposeScope();
        using TorchNetwork two = new(UNet.Create(new CompactEncoder(), 2), seed: 2),
            three = new(UNet.Create(new CompactEncoder(), 3));

        var copied = OnnxWeights.CopyTo(three, SegmentationExporter.Export(two, new() { ClassNames = ["a", "b"] }));

        Assert.IsFalse(copied.Contains("score"));
        Assert.AreEqual(three.Graph.WeightedLayers.Count() - 1, copied.Count);
    }

    [TestMethod]
    public void CopyTo_FromAnUnrelatedNetwork_SaysSo()
    {
        using TorchNetwork network = new(UNet.Create(new CompactEncoder(), 2)), digits = new(ConvolutionalAutoencoder.Create());

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => OnnxWeights.CopyTo(network, AutoencoderExporter.Export(digits)));

        StringAssert.Contains(error.Message, "'cae' has no layer of 'unet-compact'");
    }

    [TestMethod]
    public void CopyTo_NoModel_SaysSo()
    {
        using TorchNetwork network = new(ConvolutionalAutoencoder.Create());

        var error = Assert.ThrowsExactly<InvalidDataException>(() => OnnxWeights.CopyTo(network, "not an ONNX model"u8));

        StringAssert.Contains(error.Message, "17 bytes");
    }

    private static Dictionary<string, Tensor[]> Weights(TorchNetwork network) =>
        network.Graph.WeightedLayers.ToDictionary(layer => layer.Name, layer => network.WeightsOf(layer.Layer).ToArray());
}
