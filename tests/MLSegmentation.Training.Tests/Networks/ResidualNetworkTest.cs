using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ResidualNetworkTest
{
    public static IEnumerable<(string Name, LayerGraph Graph)> Networks => new[]
    {
        ResidualNetwork.Create(classes: 4, denseUnits: 16),
        ResidualNetwork.Create(classes: 4, hasShortcut: false, denseUnits: 16),
        DeepResidualNetwork.Create(classes: 4),
        DeepResidualNetwork.Create(classes: 4, hasShortcuts: false),
    }.Select(graph => (graph.Name, graph));

    /// <summary>320 + 9,248 of the convolutions, 14·14·32·128 + 128 and 1,290 of the dense layers.</summary>
    [TestMethod]
    public void Create_WithShortcutOrWithout_HasTheSameWeights()
    {
        Assert.AreEqual(813_802, ResidualNetwork.Create().ParameterCount);
        Assert.AreEqual(813_802, ResidualNetwork.Create(hasShortcut: false).ParameterCount);
    }

    /// <summary>1×1 convolutions 8 → 16 and 16 → 32 where the stages begin: 128 + 512.</summary>
    [TestMethod]
    public void CreateDeep_WithShortcuts_HasOnlyTheirConvolutionsMore()
    {
        LayerGraph residual = DeepResidualNetwork.Create(), plain = DeepResidualNetwork.Create(hasShortcuts: false);

        Assert.AreEqual(640, residual.ParameterCount - plain.ParameterCount);
        Assert.HasCount(20, plain.WeightedLayers.ToArray());
    }

    /// <summary>Where the convolutions are all zero, what is pooled is the image itself, in each of the 32 channels.</summary>
    [TestMethod]
    public void Forward_ConvolutionsOfZero_PassesTheImageOn()
    {
        using var scope = NewDisposeScope();
        LayerGraph graph = ResidualNetwork.Create(height: 2, width: 2);
        SymbolicTensor pooled = graph.Nodes.Single(node => graph.NameOf(node) == "pool");
        using var network = new TorchNetwork(new LayerGraph("start", graph.Inputs, [pooled]));
        using var noGradients = no_grad();
        foreach (Tensor weight in network.parameters()) weight.zero_();

        Tensor y = network.call(tensor(new float[] { 0, 51, 102, 255 }, [1, 1, 2, 2]))[0];

        CollectionAssert.AreEqual(Enumerable.Repeat(1f, 32).ToArray(), y.data<float>().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Export_TorchAndOnnxRuntime_Agree(string name, LayerGraph graph)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(graph, seed: 11);
        network.eval();
        using var noGradients = no_grad();
        using var random = new Generator(5);
        Tensor image = rand([3, 1, 28, 28], generator: random).Times(255);
        Tensor probabilities = F.softmax(network.call(image)[0], 1);

        using var session = new InferenceSession(ClassificationExporter.Export(network, ["a", "b", "c", "d"]));
        var onnx = OnnxRun.All(session, image);

        CollectionAssert.AreEqual(new long[] { 3, 4 }, onnx["probabilities"].shape, name);
        Assert.IsLessThan(1e-5f, (onnx["probabilities"] - probabilities).abs().max().item<float>(), name);
        CollectionAssert.AreEqual(probabilities.argmax(1).data<long>().ToArray(), onnx["label"].data<long>().ToArray(), name);
    }

    [TestMethod]
    public void Export_OtherNumberOfNames_IsAnError()
    {
        using var network = new TorchNetwork(ResidualNetwork.Create(classes: 4, denseUnits: 2));

        var error = Assert.ThrowsExactly<ArgumentException>(() => ClassificationExporter.Export(network, ["a", "b", "c"]));

        StringAssert.Contains(error.Message, "3 classes a, b, c");
    }
}
