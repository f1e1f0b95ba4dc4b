namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class RegionSizesTest
{
    /// <summary>By hand: four times the area by the sides around it.</summary>
    [TestMethod]
    [DataRow(64, 32, 8f, DisplayName = "a square of 8")]
    [DataRow(1, 4, 1f, DisplayName = "a pixel")]
    [DataRow(100, 202, 1.980198f, DisplayName = "a line of 100")]
    public void DiameterOf_AreaAndSides_IsTheHydraulicOne(int area, int sides, float expected) =>
        Assert.AreEqual(expected, RegionSizes.DiameterOf(area, sides), 1e-5);

    /// <summary>A square of 4 and a line of 5 pixels of class 1, which has 21 pixels: a fifth of them is the line's 5.</summary>
    [TestMethod]
    public void Across_SquareAndLine_CountsPixels()
    {
        const int Side = 10;
        var mask = new uint[Side * Side];
        Array.Fill(mask, 1u);
        for (int y = 0; y < 4; y++) Array.Fill(mask, 2u, y * Side, 4);
        Array.Fill(mask, 2u, 9 * Side, 5);
        var sizes = new RegionSizes(3);
        sizes.Add(mask, Side, Side);

        Assert.AreEqual(4.0 * 5 / 12, sizes.Across(1, 0.2)!.Value, 1e-6);
        Assert.AreEqual(4.0, sizes.Across(1, 0.3)!.Value, 1e-6);
        Assert.IsNull(sizes.Across(2, 0.05));
    }

    [TestMethod]
    public void Add_IgnoredPixels_AreNoRegion()
    {
        var sizes = new RegionSizes(2);
        sizes.Add([0, 0, 1, 1], 2, 2);

        Assert.AreEqual(4.0 * 2 / 6, sizes.Across(0, 1)!.Value, 1e-6);
        Assert.IsNull(sizes.Across(1, 1));
    }
}
