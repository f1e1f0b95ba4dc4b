namespace MLSegmentation.Tests;

[TestClass]
public sealed class TeachingValueTest
{
    [TestMethod]
    public void Of_HalfUnsureAndHalfContradicted_IsOne()
    {
        // Two pixels of four are as likely as not; the mirrored image, turned back, has two other classes.
        var value = TeachingValue.Of([1, 2, 1, 2], [1, 0.5f, 0.5f, 1], [1, 1, 2, 2], width: 2);

        Assert.AreEqual(0.5, value.Entropy, 1e-6);
        Assert.AreEqual(0.5, value.Disagreement, 1e-6);
        Assert.AreEqual(1, value.Score, 1e-6);
    }

    [TestMethod]
    public void Of_SureModelThatAgreesWithItsMirrorImage_IsNothing() =>
        Assert.AreEqual(0, TeachingValue.Of([1, 2, 3, 4], [1, 1, 1, 1], [2, 1, 4, 3], width: 2).Score);
}
