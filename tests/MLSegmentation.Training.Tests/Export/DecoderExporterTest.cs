using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class DecoderExporterTest
{
    [TestMethod]
    [DataRow(28, 28, 1, 2)]
    [DataRow(32, 48, 3, 16)]
    public void Export_OfTheCodeOfImages_GivesTheirReconstruction(int height, int width, int channels, int latent)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create(width, height, channels, latent));
        using var random = new Generator(5);
        byte[] autoencoder = AutoencoderExporter.Export(network);
        using var whole = new InferenceSession(autoencoder);
        var expected = OnnxRun.All(whole, rand([3, channels, height, width], generator: random).Times(255));

        using var decoder = new InferenceSession(DecoderExporter.Export(autoencoder));
        var decoded = OnnxRun.All(decoder, expected["latent"]);

        CollectionAssert.AreEqual(new[] { "latent" }, decoder.InputNames.ToArray());
        CollectionAssert.AreEqual(new[] { "reconstruction" }, decoded.Keys.ToArray());
        CollectionAssert.AreEqual(expected["reconstruction"].shape, decoded["reconstruction"].shape);
        Assert.IsLessThan(1e-3f, (decoded["reconstruction"] - expected["reconstruction"]).abs().max().item<float>());
    }

    [TestMethod]
    public void Export_AutoencoderWithoutLatentVector_SaysWhatToGive()
    {
        using var network = new TorchNetwork(EncoderAutoencoder.Create(new CompactEncoder()));

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => DecoderExporter.Export(AutoencoderExporter.Export(network, 64, 64)));

        StringAssert.Contains(error.Message, "'cae-compact' has no latent vector");
        StringAssert.Contains(error.Message, "reconstruction");
    }
}
