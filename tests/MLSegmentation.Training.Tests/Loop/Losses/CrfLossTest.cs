using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CrfLossTest
{
    private const int Side = 64;

    [TestMethod]
    public void Of_SureAndEqualEverywhere_IsNothing() =>
        Assert.AreEqual(0, Loss(_ => 1, _ => 100), 1e-6);

    [TestMethod]
    public void Of_UnsureEverywhere_IsAHalf() => Assert.AreEqual(0.5, Loss(_ => 0.5f, _ => 100), 1e-6);

    [TestMethod]
    public void Of_BorderAlongAnEdgeOfTheImage_IsLessThanOneBesideIt()
    {
        double along = Loss(x => x < 32 ? 0 : 1, x => x < 32 ? 40 : 200);
        double beside = Loss(x => x < 40 ? 0 : 1, x => x < 32 ? 40 : 200);

        Assert.AreEqual(0, along, 1e-6);
        Assert.IsGreaterThan(0.01, beside);
    }

    /// <summary>Two columns at a quarter of the size: sides of one colour, with classes of 0 and 1.</summary>
    [TestMethod]
    public void Of_TwoPixels_IsTheKernelsShareOfTheirDifference()
    {
        using var scope = NewDisposeScope();
        Tensor probabilities = cat([Map(_ => 0.8f, 8, 4), Map(_ => 0.2f, 8, 4)], 1);
        // One pair of neighbours alone, so that its kernel is divided out: 1 - (0.8 * 0.8 + 0.2 * 0.2).
        Assert.AreEqual(0.32, CrfLoss.Of(probabilities, Map(_ => 7, 8, 4)).item<float>(), 1e-6);
    }

    [TestMethod]
    public void Of_Gradient_MovesTheBorderToTheEdge()
    {
        using var scope = NewDisposeScope();
        Tensor logits = Map(x => (x - 38) / 4f, Side, Side).requires_grad_();
        Tensor image = Map(x => x < 32 ? 40 : 200, Side, Side);
        Tensor second = logits.sigmoid();
        CrfLoss.Of(cat([1 - second, second], 1), image).backward();
        float[] gradient = [.. logits.grad!.contiguous().data<float>()];

        // Between edge and border the second class becomes more probable.
        Assert.IsLessThan(0, gradient[(Side / 2 * Side) + 34]);
    }

    private static double Loss(Func<int, float> second, Func<int, float> colour)
    {
        using var scope = NewDisposeScope();
        Tensor probability = Map(second, Side, Side);
        return CrfLoss.Of(cat([1 - probability, probability], 1), Map(colour, Side, Side)).item<float>();
    }

    /// <summary>A map of one channel whose columns are equal.</summary>
    private static Tensor Map(Func<int, float> column, int width, int height) => tensor(
        Enumerable.Range(0, width * height).Select(i => column(i % width)).ToArray(), [1, 1, height, width]);
}
