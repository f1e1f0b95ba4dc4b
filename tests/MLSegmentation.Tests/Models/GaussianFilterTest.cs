namespace MLSegmentation.Tests;

[TestClass]
public sealed class GaussianFilterTest
{
    [TestMethod]
    [DataRow(0.5)]
    [DataRow(3)]
    [DataRow(50)]
    public void Apply_ConstantPlane_StaysAsItIs(double deviation)
    {
        float[] plane = [.. Enumerable.Repeat(7f, 12)];

        GaussianFilter.Apply(plane, 4, 3, deviation);

        foreach (float value in plane) Assert.AreEqual(7, value, 1e-5);
    }

    [TestMethod]
    public void Apply_DeviationZero_ChangesNothing()
    {
        float[] plane = [1, 2, 3, 4, 5, 6];

        GaussianFilter.Apply(plane, 3, 2, 0);

        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, plane);
    }

    [TestMethod]
    public void Apply_RowOfThree_IsAsWorkedByHand()
    {
        // Weights 1, a, a⁴ with a = exp(-1/2) for distances of 0, 1, 2; those outside count nowhere.
        double a = Math.Exp(-0.5), far = Math.Exp(-2);
        float[] plane = [1, 0, 4];

        GaussianFilter.Apply(plane, 3, 1, 1);

        Assert.AreEqual((1 + 4 * far) / (1 + a + far), plane[0], 1e-6);
        Assert.AreEqual(5 * a / (1 + 2 * a), plane[1], 1e-6);
        Assert.AreEqual((far + 4) / (1 + a + far), plane[2], 1e-6);
    }

    [TestMethod]
    public void Apply_TransposedPlane_IsTransposed()
    {
        float[] plane = [1, 5, 2, 8, 3, 0], transposed = [1, 8, 5, 3, 2, 0];

        GaussianFilter.Apply(plane, 3, 2, 0.8);
        GaussianFilter.Apply(transposed, 2, 3, 0.8);

        for (int i = 0; i < 6; i++) Assert.AreEqual(plane[i], transposed[i % 3 * 2 + i / 3], 1e-6);
    }
}
