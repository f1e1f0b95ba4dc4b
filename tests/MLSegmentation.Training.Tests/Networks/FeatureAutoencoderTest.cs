using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FeatureAutoencoderTest
{
    private const int Features = 96 + 160;

    [TestMethod]
    [DataRow(64, 96)]
    [DataRow(32, 32)]
    public void Export_AnySize_AgreesWithTorch(int height, int width)
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Create(latent: 5);
        using var noGradients = no_grad();
        Tensor image = Image(2, height, width), torch = network.call(image)[0];

        using var session = new InferenceSession(AutoencoderExporter.Export(network, 64, 96));
        var onnx = OnnxRun.All(session, image);

        CollectionAssert.AreEqual(new[] { "error" }, onnx.Keys.ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 1, height, width }, onnx["error"].shape);
        Assert.IsLessThan(1e-4f, (onnx["error"] - torch).abs().max().item<float>());
        Assert.IsGreaterThan(0.1f, torch.max().item<float>());
    }

    [TestMethod]
    public void Export_BrighterImageOfMoreContrast_GivesTheSameErrors()
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Create(latent: 5);
        Tensor image = Image(1, 64, 64).Times(0.7);
        using var session = new InferenceSession(AutoencoderExporter.Export(network, 64, 64));

        Tensor errors = OnnxRun.Single(session, image), brighter = OnnxRun.Single(session, image.Times(1.3).Plus(15));

        Assert.IsLessThan(0.02f, (errors - brighter).abs().max().item<float>());
        Assert.IsGreaterThan(0.1f, errors.max().item<float>());
    }

    [TestMethod]
    public void Forward_AutoencoderThatIsTheIdentity_HasNoErrors()
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Create(latent: 2 * Features);
        using var noGradients = no_grad();
        // What is positive and what is negative pass the ReLUs on channels of their own, and meet again.
        Tensor one = eye(Features), both = cat([one, -one], 0), split = eye(2 * Features);
        Fill(network, "encoder_conv1", both);
        foreach (string name in new[] { "encoder_conv2", "latent", "decoder_conv1", "decoder_conv2" }) Fill(network, name, split);
        Fill(network, "reconstruction", both.t());

        Tensor errors = network.call(Image(1, 64, 64))[0];

        Assert.IsLessThan(1e-5f, errors.abs().max().item<float>());
    }

    [TestMethod]
    public void Create_EncoderThatIsTrainable_IsFrozenButForTheAutoencoder()
    {
        LayerGraph graph = FeatureAutoencoder.Create(new CompactEncoder(), latent: 7);

        string[] trained = [.. graph.WeightedLayers.Where(layer => layer.Layer.IsTrainable).Select(layer => layer.Name)];

        CollectionAssert.AreEqual(
            new[] { "encoder_conv1", "encoder_conv2", "latent", "decoder_conv1", "decoder_conv2", "reconstruction" }, trained);
        Assert.AreEqual(Shape.Map(1, 96, 64), graph.InferShapes(Shape.Map(3, 96, 64))[graph.Outputs[0]]);
        Assert.AreEqual(16, graph.SizeMultiple);
        Assert.AreEqual("dfr-compact", graph.Name);
    }

    private static TorchNetwork Create(int latent)
    {
        var network = new TorchNetwork(FeatureAutoencoder.Create(new CompactEncoder(), latent), seed: 3);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var random = new Generator(5);
        foreach (Tensor statistic in network.buffers()) statistic.uniform_(0.5, 1.5, random);
        network.eval();
        return network;
    }

    /// <summary>The weights of a convolution, in its top left corner; zero elsewhere.</summary>
    private static void Fill(TorchNetwork network, string name, Tensor weights)
    {
        Layer layer = network.Graph.WeightedLayers.Single(one => one.Name == name).Layer;
        Tensor kernel = network.WeightsOf(layer)[0];
        kernel.zero_();
        kernel[..(int)weights.shape[0], ..(int)weights.shape[1], 0, 0].copy_(weights);
        network.WeightsOf(layer)[1].zero_();
    }

    private static Tensor Image(int count, int height, int width)
    {
        using var random = new Generator(5);
        return rand([count, 3, height, width], generator: random).Times(255);
    }
}
