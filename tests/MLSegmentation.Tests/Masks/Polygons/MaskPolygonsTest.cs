namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskPolygonsTest
{
    private static IEnumerable<TestMask> All => RandomMasks.Small(500).Concat(RandomMasks.Shapes());

    [TestMethod]
    public void Fill_OfTrace_IsTheMask()
    {
        foreach (TestMask mask in All)
        {
            var filled = new uint[mask.Keys.Length];
            MaskPolygons.Fill(MaskPolygons.Trace(mask.Keys, mask.Width, mask.Height), filled, mask.Width, mask.Height);
            CollectionAssert.AreEqual(mask.Keys, filled, mask.ToString());
        }
    }

    [TestMethod]
    public void Trace_AnyMask_HasOnePolygonARegion()
    {
        foreach (TestMask mask in All)
        {
            ConnectedRegions regions = ConnectedRegions.Find(mask.Keys, mask.Width, mask.Height, Connectivity.Four);
            IReadOnlyList<MaskPolygon> polygons = MaskPolygons.Trace(mask.Keys, mask.Width, mask.Height);

            // An outer ring's area is positive, a hole's negative.
            int[] areas = [.. polygons.Select(polygon => polygon.Holes.Prepend(polygon.Outer).Sum(TwiceArea) / 2)];
            CollectionAssert.AreEqual(regions.Areas.Skip(1).ToArray(), areas, mask.ToString());
            Assert.IsTrue(polygons.All(polygon => TwiceArea(polygon.Outer) > 0 && polygon.Holes.All(hole => TwiceArea(hole) < 0)),
                mask.ToString());
        }
    }

    [TestMethod]
    public void Trace_AnyMask_HasSimpleRingsOfCorners()
    {
        foreach (TestMask mask in All)
        {
            foreach (IReadOnlyList<PixelPoint> ring in MaskPolygons.Trace(mask.Keys, mask.Width, mask.Height)
                .SelectMany(polygon => polygon.Holes.Prepend(polygon.Outer)))
            {
                List<PixelPoint> passed = [];
                for (int i = 0; i < ring.Count; i++)
                {
                    (PixelPoint from, PixelPoint to, PixelPoint next) =
                        (ring[i], ring[(i + 1) % ring.Count], ring[(i + 2) % ring.Count]);
                    Assert.AreNotEqual(from.X == to.X, to.X == next.X, $"{to} is no corner in\n{mask}");
                    Assert.IsTrue(from.X == to.X != (from.Y == to.Y), $"{from} to {to} is not along pixels in\n{mask}");
                    for (PixelPoint at = from; at != to; at = new PixelPoint(
                        at.X + Math.Sign(to.X - at.X), at.Y + Math.Sign(to.Y - at.Y)))
                        passed.Add(at);
                }
                Assert.HasCount(passed.Count, passed.Distinct().ToArray(), $"A ring comes to a point twice in\n{mask}");
            }
        }
    }

    [TestMethod]
    public void Trace_RingAroundAPixel_GoesRightOutsideAndDownInside()
    {
        TestMask mask = TestMask.Parse("222", "202", "222");

        MaskPolygon polygon = MaskPolygons.Trace(mask.Keys, 3, 3).Single();

        Assert.AreEqual(2u, polygon.Key);
        CollectionAssert.AreEqual(new PixelPoint[] { new(0, 0), new(3, 0), new(3, 3), new(0, 3) }, polygon.Outer.ToArray());
        CollectionAssert.AreEqual(new PixelPoint[] { new(1, 2), new(2, 2), new(2, 1), new(1, 1) }.Order(_order).ToArray(),
            polygon.Holes.Single().Order(_order).ToArray());
        Assert.AreEqual(-2, TwiceArea(polygon.Holes.Single()));
    }

    /// <summary>The ring closes over a corner: what it encloses is a hole that meets the outer ring in that point.</summary>
    [TestMethod]
    public void Trace_RingClosedOverACorner_HasAHole()
    {
        TestMask mask = TestMask.Parse("111", "101", "110");

        MaskPolygon polygon = MaskPolygons.Trace(mask.Keys, 3, 3).Single();

        CollectionAssert.AreEqual(
            new PixelPoint[] { new(0, 0), new(3, 0), new(3, 2), new(2, 2), new(2, 3), new(0, 3) }, polygon.Outer.ToArray());
        Assert.HasCount(1, polygon.Holes);
    }

    [TestMethod]
    public void Fill_SlantedSides_TakePixelsByTheirCentres()
    {
        var mask = new uint[16];
        MaskPolygons.Fill([new MaskPolygon(3, [new(0, 0), new(0, 4), new(4, 4)], [])], mask, 4, 4);

        // The side from (0, 0) to (4, 4) runs through the centres on the diagonal, which lie right of the polygon.
        Assert.AreEqual("0000\n3000\n3300\n3330", new TestMask(mask, 4, 4).ToString());
    }

    [TestMethod]
    public void Fill_PointOutside_IsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => MaskPolygons.Fill([new MaskPolygon(1, [new(0, 0), new(3, 0), new(3, 1)], [])], new uint[2], 2, 1));

        StringAssert.Contains(error.Message, "(3, 0), expected (0, 0) to (2, 1)");
    }

    private static readonly Comparer<PixelPoint> _order = Comparer<PixelPoint>.Create((a, b) => (a.X, a.Y).CompareTo((b.X, b.Y)));

    /// <summary>The shoelace formula.</summary>
    private static int TwiceArea(IReadOnlyList<PixelPoint> ring) =>
        ring.Select((point, i) => (point, next: ring[(i + 1) % ring.Count]))
            .Sum(side => side.point.X * side.next.Y - side.next.X * side.point.Y);
}
