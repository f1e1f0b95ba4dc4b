namespace MLSegmentation.Tests;

[TestClass]
public sealed class RegionOutlineTest
{
    /// <summary>Steps of one pixel are within 0.71 of their diagonal.</summary>
    [TestMethod]
    public void Of_Steps_BecomeOneSideWithinTheTolerance()
    {
        uint[] keys = [.. Enumerable.Range(0, 64).Select(at => at % 8 <= at / 8 ? 1u : 0u)];

        Assert.IsLessThanOrEqualTo(4, Outline(keys, 8, tolerance: 1).Length);
        Assert.HasCount(18, Outline(keys, 8, tolerance: 0.1));
    }

    /// <summary>A triangle would have half of its area.</summary>
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 1)]
    [DataRow(9, 1)]
    [DataRow(1, 9)]
    public void Of_SmallOrThin_KeepsItsCorners(int width, int height)
    {
        uint[] keys = [.. Enumerable.Repeat(1u, width * height)];

        Assert.AreSequenceEqual(
            [new PolygonPoint(0, 0), new(width, 0), new(width, height), new(0, height)], Outline(keys, width, tolerance: 1));
    }

    /// <summary>A region of noise with very many holes, whose corners meet.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Of_Noise_TakesNoLongTime(double tolerance)
    {
        const int Side = 400;
        var random = new Random(5);
        uint[] keys = [.. Enumerable.Range(0, Side * Side).Select(_ => random.Next(10) < 7 ? 1u : 0u)];
        MaskPolygon largest = MaskPolygons.Trace(keys, Side, Side).MaxBy(polygon => polygon.Holes.Count)!;
        Assert.IsGreaterThan(10_000, largest.Holes.Count);
        TimeSpan before = Environment.CpuUsage.TotalTime;

        RegionOutline.Of(largest, tolerance);

        Assert.IsLessThan(TimeSpan.FromSeconds(20), Environment.CpuUsage.TotalTime - before);
    }

    private static PolygonPoint[] Outline(uint[] keys, int width, double tolerance) =>
        RegionOutline.Of(MaskPolygons.Trace(keys, width, keys.Length / width).Single(), tolerance);
}
