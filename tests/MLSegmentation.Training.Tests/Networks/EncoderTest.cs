using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class EncoderTest
{
    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Apply_EachEncoder_HalvesTheSizeFiveTimes(Encoder encoder)
    {
        var features = encoder.Apply(SymbolicTensor.Input(Shape.Map(3, 96, 64)));

        CollectionAssert.AreEqual(
            new (long, long)[] { (32, 48), (16, 24), (8, 12), (4, 6), (2, 3) },
            features.Select(feature => (feature.Shape.Height, feature.Shape.Width)).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Apply_NotTrainable_FreezesEveryLayerButTheInput(Encoder encoder)
    {
        LayerGraph graph = Graph(encoder with { IsTrainable = false });

        Assert.AreEqual(0, graph.TrainableParameterCount);
        Assert.IsTrue(graph.Nodes.All(node => node.Layer.IsTrainable == node.Layer is InputLayer));
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Apply_FrozenStages_TrainsTheOthersAlone(Encoder encoder)
    {
        for (int stages = 0; stages <= 5; stages++)
        {
            SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 64, 64));
            var features = (encoder with { FrozenStages = stages }).Apply(image);

            // What leads to the last frozen map is frozen, and nothing else with weights.
            var frozen = new HashSet<string>();
            if (stages > 0)
                frozen = [.. new LayerGraph("frozen", [image], [features[stages - 1]]).WeightedLayers.Select(one => one.Name)];
            var all = new LayerGraph("all", [image], features).WeightedLayers.ToArray();
            Assert.IsTrue(all.All(one => one.Layer.IsTrainable != frozen.Contains(one.Name)));
            Assert.AreEqual(stages == 5, frozen.Count == all.Length);
        }
    }

    [TestMethod]
    public void OutputStride_NotOfTheEncoder_IsRefused()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 64, 64));

        StringAssert.Contains(
            Assert.ThrowsExactly<NotSupportedException>(() => new CompactEncoder { OutputStride = 16 }.Apply(image)).Message,
            "'compact'");
        StringAssert.Contains((new ResNetEncoder { OutputStride = 16 }).Describe(), "output stride 16");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ResNetEncoder { OutputStride = 8 });
    }

    [TestMethod]
    public void IsTrainable_SetOrRead_StandsForTheFrozenStages()
    {
        Encoder encoder = new CompactEncoder();

        Assert.AreEqual(5, (encoder with { IsTrainable = false }).FrozenStages);
        Assert.IsTrue((encoder with { FrozenStages = 4 }).IsTrainable);
        Assert.IsFalse((encoder with { FrozenStages = 5 }).IsTrainable);
        Assert.AreEqual(encoder, encoder with { FrozenStages = 5 } with { IsTrainable = true });
        StringAssert.Contains((encoder with { FrozenStages = 2 }).Describe(), "2 stages frozen");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => encoder with { FrozenStages = 6 });
    }

    [TestMethod]
    public void Forward_TwoFrozenStages_StepLeavesThemAndTheirStatistics()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder { FrozenStages = 2 }, classes: 2));
        using var random = new Generator(3);
        var before = network.WeightsByName.ToDictionary(one => one.Name, one => one.Weight.clone());
        using var sgd = optim.SGD(network.parameters().Where(weight => weight.requires_grad), 0.1);

        network.call(rand([2, 3, 64, 64], generator: random).Times(255))[0].square().mean().backward();
        sgd.step();

        string[] changed = [.. network.WeightsByName.Where(one => !one.Weight.equal(before[one.Name]).all().item<bool>())
            .Select(one => one.Name.Split('_', '/')[0]).Distinct()];
        CollectionAssert.IsSubsetOf(new[] { "stage3", "stage4", "stage5", "up2" }, changed);
        CollectionAssert.DoesNotContain(changed, "stage1");
        CollectionAssert.DoesNotContain(changed, "stage2");
    }

    public static IEnumerable<object[]> Encoders() =>
        [[new CompactEncoder()], [new CompactEncoder(23)], [new Vgg16Encoder()], [new ResNetEncoder(18)],
            [new ResNetEncoder(20)], [new ResNetEncoder(34)]];

    [TestMethod]
    public void Apply_NotTrainableInTraining_LeavesStatisticsAndAnswersAsInInference()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(Graph(new CompactEncoder { IsTrainable = false }));
        using var random = new Generator(3);
        Tensor image = rand([2, 3, 64, 64], generator: random).Times(255);

        Tensor inTraining = network.call(image)[^1];
        network.eval();
        Tensor inInference = network.call(image)[^1];

        Assert.IsTrue(inTraining.equal(inInference).all().item<bool>());
        Assert.IsFalse(inTraining.requires_grad);
        static bool IsAll(Tensor values, int value) => values.eq(value).all().item<bool>();
        Assert.IsTrue(network.buffers().All(statistic => IsAll(statistic, 0) || IsAll(statistic, 1)));
    }

    [TestMethod]
    public void Apply_Twice_MakesNewLayers()
    {
        var encoder = new CompactEncoder();
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 64, 64));

        Assert.AreNotSame(encoder.Apply(image)[0].Layer, encoder.Apply(image)[0].Layer);
    }

    [TestMethod]
    public void Apply_Compact23_AddsResidualBlocksToTheLastTwoStages()
    {
        static int Convolutions(LayerGraph graph) => graph.Nodes.Count(node => node.Layer is Conv2D);
        LayerGraph deep = Graph(new CompactEncoder(23)), shallow = Graph(new CompactEncoder());

        Assert.AreEqual((13, 23), (Convolutions(shallow), Convolutions(deep)));
        // A block has two convolutions of C×C×3×3, each with a scale and a shift for C channels: three blocks of 160 channels,
        // two of 224.
        long blocks = (3 * 2 * ((160 * 160 * 9) + (2 * 160))) + (2 * 2 * ((224 * 224 * 9) + (2 * 224)));
        Assert.AreEqual(blocks, deep.TrainableParameterCount - shallow.TrainableParameterCount);
        CollectionAssert.IsSubsetOf(shallow.Nodes.Select(shallow.NameOf).ToArray(), deep.Nodes.Select(deep.NameOf).ToArray());
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new CompactEncoder(18)).Message, "13 and of 23");
    }

    [TestMethod]
    public void Apply_OwnPreprocessing_ComesFirst()
    {
        LayerGraph graph = Graph(new Vgg16Encoder { Preprocessing = ImagePreprocessing.Keras });

        CollectionAssert.AreEqual(
            new[] { "image", "bgr", "normalization", "block1_conv1" }, graph.Nodes.Take(4).Select(graph.NameOf).ToArray());
    }

    [TestMethod]
    public void Apply_Vgg16_HasKerasNamesAndParameters()
    {
        LayerGraph graph = Graph(new Vgg16Encoder());
        string[] names = [.. graph.Nodes.Select(graph.NameOf)];

        Assert.AreEqual(14_714_688, graph.ParameterCount);
        Assert.AreEqual(13, graph.WeightedLayers.Count());
        CollectionAssert.IsSubsetOf(new[] { "block1_conv2", "block3_conv3", "block5_conv3" }, names);
        CollectionAssert.AreEqual(
            new[] { ("block1_pool", 64), ("block2_pool", 128), ("block3_pool", 256), ("block4_pool", 512),
                ("block5_pool", 512L) },
            graph.Outputs.Select(output => (graph.NameOf(output), output.Shape.Channels)).ToArray());
    }

    private static LayerGraph Graph(Encoder encoder)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        return new LayerGraph(encoder.Name, [image], encoder.Apply(image));
    }
}
