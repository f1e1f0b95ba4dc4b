using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class HeldScalarsTest
{
    [TestMethod]
    public void Arithmetic_OfTwoValues_IsAsWorkedByHand()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 2, 8 }), other = tensor(new float[] { 4, 0 });

        AssertValues(x.Times(3), 6, 24);
        AssertValues(x.Over(4), 0.5f, 2);
        AssertValues(x.Plus(1), 3, 9);
        AssertValues(x.Plus(other), 6, 8);
        AssertValues(x.Plus(other, -0.5), 0, 8);
        AssertValues(x, 2, 8);
        AssertValues(x.clone().TimesInPlace(3).OverInPlace(2).PlusInPlace(1), 4, 13);
        AssertValues(x.clone().PlusInPlace(other, 2), 10, 8);
        AssertValues(x.clone().MoveTowards(other, 0.25), 2.5f, 6);
    }

    /// <summary>Without holding them, a step fails within a second or takes a wrong factor.</summary>
    [TestMethod]
    [DataRow(OptimizerKind.Adam)]
    [DataRow(OptimizerKind.AdamW)]
    [DataRow(OptimizerKind.Sgd)]
    public void Step_WhileAnotherThreadCollects_MovesAsItWouldAlone(OptimizerKind kind)
    {
        float[] alone = Train(kind);
        using var collecting = new CollectingThread();

        CollectionAssert.AreEqual(alone, Train(kind));
    }

    private static float[] Train(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        Tensor weight = ones(64, 64).requires_grad_(true);
        var options = new AutoencoderTrainerOptions { Optimizer = kind, WeightDecay = 1e-4 };
        using Optimizer optimizer = Optimizer.Create(options, new WeightStorage([new NetworkWeight("weight", weight)]));
        for (int step = 0; step < 400; step++)
        {
            using var stepScope = NewDisposeScope();
            optimizer.ZeroGradients();
            (weight * weight).Plus(weight).sum().backward();
            optimizer.Step(1e-3);
        }
        return weight.detach().data<float>().ToArray();
    }

    private static void AssertValues(Tensor actual, params float[] expected) =>
        CollectionAssert.AreEqual(expected, actual.data<float>().ToArray());
}
