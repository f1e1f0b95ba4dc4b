namespace MLSegmentation.Tests;

[TestClass]
public sealed class ScorePlanesTest
{
    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(2, 300)]
    [DataRow(3, 256)]
    [DataRow(21, 1000)]
    [DataRow(700, 200)]
    [DataRow(70_000, 2)]
    public void FromPixels_AnyNumberOfChannels_BringsThemApart(int channels, int pixels)
    {
        float[] values = [.. Enumerable.Range(0, channels * pixels).Select(i => i * 0.25f)], planes = new float[values.Length],
            ofHalves = new float[values.Length];

        ScorePlanes.FromPixels<float>(values, channels, planes);
        ScorePlanes.FromPixels<Half>([.. values.Select(value => (Half)value)], channels, ofHalves);

        for (int i = 0; i < planes.Length; i++)
        {
            float expected = values[(i % pixels * channels) + (i / pixels)];
            Assert.AreEqual(expected, planes[i], $"{i}");
            Assert.AreEqual((float)(Half)expected, ofHalves[i], $"{i}");
        }
    }

    [TestMethod]
    public void FromPixels_OnePixelOfVeryManyChannels_TakesNoMoreThanTheyDo()
    {
        float[] values = [.. Enumerable.Range(0, 1_000_000).Select(i => (float)i)], planes = new float[values.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();

        ScorePlanes.FromPixels<float>(values, values.Length, planes);

        Assert.IsLessThanOrEqualTo(5_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        CollectionAssert.AreEqual(values, planes);
    }

    [TestMethod]
    public void FromPlanes_OtherTypes_AreTheSameNumbers()
    {
        float[] planes = new float[4];

        ScorePlanes.FromPlanes<Half>([(Half)0.1f, Half.NaN, Half.NegativeInfinity, (Half)65504], planes);
        CollectionAssert.AreEqual(new[] { (float)(Half)0.1f, float.NaN, float.NegativeInfinity, 65504 }, planes);

        ScorePlanes.FromPlanes<double>([0.1, -3, double.PositiveInfinity, 1e300], planes);
        CollectionAssert.AreEqual(new[] { 0.1f, -3, float.PositiveInfinity, float.PositiveInfinity }, planes);
    }
}
