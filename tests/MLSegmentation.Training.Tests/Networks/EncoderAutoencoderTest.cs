using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class EncoderAutoencoderTest
{
    [TestMethod]
    [DataRow(1, 64, 96)]
    [DataRow(3, 32, 32)]
    public void Export_AnySizeAndChannels_AgreesWithTorch(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(EncoderAutoencoder.Create(new CompactEncoder(), channels, latent: 5));
        network.eval();
        using var noGradients = no_grad();
        using var random = new Generator(5);
        foreach (Tensor statistic in network.buffers()) statistic.uniform_(0.5, 1.5, random);
        Tensor image = rand([2, channels, height, width], generator: random).Times(255);
        var torch = network.call(image);

        using var session = new InferenceSession(AutoencoderExporter.Export(network, 64, 96));
        var onnx = OnnxRun.All(session, image);

        CollectionAssert.AreEqual(new[] { "reconstruction" }, onnx.Keys.ToArray());
        CollectionAssert.AreEqual(new long[] { 2, channels, height, width }, onnx["reconstruction"].shape);
        Assert.IsLessThan(1e-4f, (onnx["reconstruction"] / 255 - torch[0]).abs().max().item<float>());
    }

    [TestMethod]
    public void Create_OverTheCompactEncoder_HasItsLayersAndTheCode()
    {
        LayerGraph graph = EncoderAutoencoder.Create(new CompactEncoder(), latent: 5);
        LayerGraph segmentation = FullyConvolutionalNetwork.Create(new CompactEncoder(), classes: 2);
        static string[] Encoder(LayerGraph one) =>
            [.. one.WeightedLayers.Select(layer => layer.Name).Where(name => name.StartsWith("stage", StringComparison.Ordinal))];
        SymbolicTensor code = graph.Nodes.Single(node => graph.NameOf(node) == "latent");

        CollectionAssert.AreEqual(Encoder(segmentation), Encoder(graph));
        Assert.AreEqual(Shape.Map(5, 2, 3), graph.InferShapes(Shape.Map(3, 64, 96))[code]);
        Assert.AreEqual(32, graph.SizeMultiple);
        Assert.IsFalse(graph.Nodes.Any(node => node.Layer is Concatenate), "A skip would lead past the code.");
    }
}
