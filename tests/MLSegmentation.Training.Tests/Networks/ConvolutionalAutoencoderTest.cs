using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ConvolutionalAutoencoderTest
{
    [TestMethod]
    public void Create_AsTaught_HasTheLecturesParameters() =>
        Assert.AreEqual(51_459, ConvolutionalAutoencoder.Create().ParameterCount);

    [TestMethod]
    [DataRow(28, 28, 1, 2)]
    [DataRow(32, 48, 3, 16)]
    [DataRow(64, 4, 1, 1)]
    public void Export_AnySizeChannelsAndLatent_AgreesWithTorch(int height, int width, int channels, int latent)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create(width, height, channels, latent));
        using var random = new Generator(5);
        Tensor image = rand([3, channels, height, width], generator: random).Times(255);
        using var noGradients = no_grad();
        var torch = network.call(image);

        using var session = new InferenceSession(AutoencoderExporter.Export(network));
        var onnx = OnnxRun.All(session, image);

        CollectionAssert.AreEqual(new long[] { 3, channels, height, width }, onnx["reconstruction"].shape);
        CollectionAssert.AreEqual(new long[] { 3, latent }, onnx["latent"].shape);
        Assert.IsLessThan(1e-4f, (onnx["reconstruction"] / 255 - torch[0]).abs().max().item<float>());
        Assert.IsLessThan(1e-4f, (onnx["latent"] - torch[1].flatten(1)).abs().max().item<float>());
    }

    [TestMethod]
    public void Create_SizeThatCannotBeHalvedTwice_SaysWhatToDo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => ConvolutionalAutoencoder.Create(28, 30));

        StringAssert.Contains(error.Message, "28x30");
        StringAssert.Contains(error.Message, "multiples of 4");
    }
}
