namespace MLSegmentation.Tests;

[TestClass]
public sealed class TileAxisTest
{
    public static IEnumerable<object[]> Axes =>
        from size in new[] { 1, 7, 63, 64, 65, 100, 128, 1000 }
        from tile in new[] { 1, 7, 64 }
        from overlap in new[] { 0, 0.25, 0.5, 0.9 }
        select new object[] { size, tile, overlap };

    [TestMethod]
    [DynamicData(nameof(Axes))]
    public void Starts_AnySize_CoverEveryPlaceByWholeTilesWithin(int size, int tile, double overlap)
    {
        var axis = new TileAxis(size, tile, overlap);

        Assert.AreEqual(0, axis.Start(0));
        Assert.AreEqual(size, axis.Start(axis.Count));
        Assert.AreEqual(size, axis.Start(axis.Count - 1) + axis.Covered);
        for (int i = 1; i < axis.Count; i++)
        {
            Assert.IsGreaterThan(axis.Start(i - 1), axis.Start(i));
            Assert.IsLessThanOrEqualTo(axis.Start(i - 1) + tile, axis.Start(i), "There is a gap.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Axes))]
    public void Weights_AtEveryPlace_SumToOne(int size, int tile, double overlap)
    {
        var axis = new TileAxis(size, tile, overlap);
        var sums = new double[size];
        for (int i = 0; i < axis.Count; i++)
        {
            for (int place = 0; place < axis.Covered; place++) sums[axis.Start(i) + place] += axis.Weights(i)[place];
        }
        foreach (double sum in sums) Assert.AreEqual(1, sum, 1e-6);
    }

    [TestMethod]
    public void Starts_TilesOf100SharingAQuarter_AreAsWorkedOut()
    {
        var axis = new TileAxis(310, 100, 0.25);

        CollectionAssert.AreEqual(new[] { 0, 75, 150, 210, 310 }, Enumerable.Range(0, 5).Select(axis.Start).ToArray());
    }

    [TestMethod]
    public void Weights_OfOneTile_AreExactlyOne()
    {
        foreach (int size in new[] { 3, 64 })
            foreach (float weight in new TileAxis(size, 64, 0.5).Weights(0)) Assert.AreEqual(1f, weight);
    }

    [TestMethod]
    public void Weights_WhereTwoTilesOverlap_AreTheGaussiansShares()
    {
        var axis = new TileAxis(12, 8, 0.5);

        // Place 5 is 1.5 from the middle of the first tile (3.5) and 2.5 from that of the second (7.5); the deviation is 1.
        double first = Math.Exp(-1.5 * 1.5 / 2), second = Math.Exp(-2.5 * 2.5 / 2);
        Assert.AreEqual(first / (first + second), axis.Weights(0)[5], 1e-6);
        Assert.AreEqual(second / (first + second), axis.Weights(1)[1], 1e-6);
        Assert.AreEqual(1f, axis.Weights(0)[3]);
    }
}
