namespace MLSegmentation.Tests;

[TestClass]
public sealed class ConnectedRegionsTest
{
    [TestMethod]
    [DataRow(Connectivity.Four)]
    [DataRow(Connectivity.Eight)]
    public void Find_AnyMask_IsWhatFloodingFinds(Connectivity connectivity)
    {
        foreach (TestMask mask in RandomMasks.Small(500).Concat(RandomMasks.Shapes()))
        {
            ConnectedRegions regions = ConnectedRegions.Find(mask.Keys, mask.Width, mask.Height, connectivity);

            var expected = new uint[mask.Keys.Length];
            List<int> areas = [0];
            for (int i = 0; i < expected.Length; i++)
            {
                if (mask.Keys[i] == 0 || expected[i] != 0) continue;
                HashSet<int> region = mask.Flood(i, (int)connectivity, at => mask.Keys[at] == mask.Keys[i]);
                foreach (int at in region) expected[at] = (uint)areas.Count;
                areas.Add(region.Count);
            }
            CollectionAssert.AreEqual(expected, regions.Labels, mask.ToString());
            CollectionAssert.AreEqual(areas, regions.Areas.ToArray(), mask.ToString());
        }
    }

    [TestMethod]
    [DataRow(Connectivity.Four, 4)]
    [DataRow(Connectivity.Eight, 2)]
    public void Find_TwoDiagonals_DependsOnTheConnectivity(Connectivity connectivity, int expected) =>
        Assert.HasCount(expected + 1, ConnectedRegions.Find([1, 2, 2, 1], 2, 2, connectivity).Areas);
}
