using MLSegmentation.Training.Networks;
using static TorchSharp.torch;
using TorchOptimizer = TorchSharp.torch.optim.Optimizer;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class WeightStorageTest
{
    [TestMethod]
    public void Storage_OfANetwork_ChangesNoValueShapeOrLayout()
    {
        using var network = Create();
        var before = network.WeightsByName.Select(one => (one.Name, Values(one.Weight), one.Weight.shape, one.Weight.stride()));
        var expected = before.ToDictionary(one => one.Name);

        WeightStorage storage = network.Storage;

        Assert.AreEqual(expected.Count, storage.Weights.Count);
        foreach (NetworkWeight one in network.WeightsByName)
        {
            var (_, values, shape, strides) = expected[one.Name];
            Assert.AreSequenceEqual(values, Values(one.Weight), one.Name);
            Assert.AreSequenceEqual(shape, one.Weight.shape, one.Name);
            Assert.AreSequenceEqual(strides, one.Weight.stride(), one.Name);
        }
    }

    [TestMethod]
    public void Values_Changed_ChangeTheWeights()
    {
        using var network = Create();
        using (no_grad()) network.Storage.Values.fill_(3);

        Assert.IsTrue(network.WeightsByName.All(one => one.Weight.eq(3).all().item<bool>()));
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.NegativeInfinity)]
    public void AreFinite_OneThatIsNone_IsFalse(float value)
    {
        using var network = Create();
        Assert.IsTrue(network.Storage.AreFinite);

        using (no_grad()) network.WeightsByName.Last().Weight.fill_(value);

        Assert.IsFalse(network.Storage.AreFinite);
    }

    /// <summary>Kernels laid out channels last, large ones, single biases and weights that are no multiple of 16.</summary>
    [TestMethod]
    [DataRow(OptimizerKind.Adam)]
    [DataRow(OptimizerKind.AdamW)]
    [DataRow(OptimizerKind.Sgd)]
    public void Step_OfAllWeights_IsThatOfEachByItself(OptimizerKind kind)
    {
        using var network = Create();
        using var other = Create();
        using var own = Optimizer.Create(
            new SegmentationTrainerOptions { Optimizer = kind, WeightDecay = 0.1 }, network.Storage);
        using TorchOptimizer torch = kind switch
        {
            OptimizerKind.Adam => optim.Adam(other.parameters(), 0.01, eps: 1e-7, weight_decay: 0.1),
            OptimizerKind.AdamW => optim.AdamW(other.parameters(), 0.01, eps: 1e-7, weight_decay: 0.1),
            _ => optim.SGD(other.parameters(), 0.01, momentum: 0.9, weight_decay: 0.1),
        };
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor image = rand(2, 3, 64, 64);

            // What both networks do with the same image would differ by rounding; so only one of them computes gradients.
            own.ZeroGradients();
            network.call(image)[0].square().mean().backward();
            foreach (var (from, to) in network.parameters().Zip(other.parameters())) to.grad = from.grad!.clone();
            own.Step(0.01);
            torch.step();
        }

        foreach (var (actual, expected) in network.parameters().Zip(other.parameters()))
            Assert.IsLessThan(1e-5, (actual - expected).abs().max().item<float>());
    }

    /// <summary>On a GPU a step goes over all weights at once, here over pieces.</summary>
    [TestMethod]
    [DataRow(OptimizerKind.Adam)]
    [DataRow(OptimizerKind.Sgd)]
    public void PieceSize_OfAllWeights_MakesTheSameSteps(OptimizerKind kind)
    {
        using var network = Create();
        using var other = Create();
        using var whole = new WeightStorage(other.WeightsByName) { PieceSize = long.MaxValue / 2 };
        var options = new SegmentationTrainerOptions { Optimizer = kind };
        using var pieces = Optimizer.Create(options, network.Storage);
        using var atOnce = Optimizer.Create(options, whole);
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            pieces.ZeroGradients();
            network.call(rand(2, 3, 64, 64))[0].square().mean().backward();
            foreach (var (from, to) in network.parameters().Zip(other.parameters())) to.grad = from.grad!.clone();
            pieces.Step(0.01, encoderRate: 0.001, largestNorm: 0.1);
            atOnce.Step(0.01, encoderRate: 0.001, largestNorm: 0.1);
        }

        foreach (var (actual, expected) in network.parameters().Zip(other.parameters()))
            Assert.IsLessThan(1e-5, (actual - expected).abs().max().item<float>());

        // A norm of millions of numbers at once is rounded more than that of pieces.
        Assert.IsTrue(pieces.State.Zip(atOnce.State).All(one => one.First.Value.allclose(one.Second.Value, 1e-3, 1e-7)));
    }

    private static TorchNetwork Create() => new(UNet.Create(new CompactEncoder(), classes: 3));

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
