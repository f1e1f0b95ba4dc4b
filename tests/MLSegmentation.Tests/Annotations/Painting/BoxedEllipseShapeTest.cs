namespace MLSegmentation.Tests;

[TestClass]
public sealed class BoxedEllipseShapeTest
{
    /// <summary>Worked by hand from the rule of Pillow's source.</summary>
    [TestMethod]
    [DataRow(1, 5, "........ ..###... .#####.. .#####.. .#####.. ..###... ........ ........")]
    [DataRow(1, 6, "........ ...##... ..####.. .######. .######. ..####.. ...##... ........")]
    public void Paint_Circle_HasTheEndsOfItsAxes(int first, int last, string rows)
    {
        var canvas = new MaskCanvas(8, 8, key: 0);
        canvas.Begin(1);

        new BoxedEllipseShape(first, first, last, last).Paint(canvas);

        Assert.AreEqual(
            rows,
            string.Join(' ', canvas.Keys.Chunk(8).Select(row => string.Concat(row.Select(key => key == 0 ? '.' : '#')))));
    }

    /// <summary>Half a million places of each rim are far away: walked, they would take minutes.</summary>
    [TestMethod]
    [Timeout(20_000)]
    public void Paint_HugeCircles_TakeNoTime()
    {
        const int Radius = 1 << 20, Circles = 5000;
        var canvas = new MaskCanvas(6, 4, key: 0);
        canvas.Begin(1);

        // The left end of the circle's middle row is in the third column, and of the rows around in that or beside it.
        for (int i = 0; i < Circles; i++) new BoxedEllipseShape(2, 1 - Radius, 2 + (2 * Radius), 1 + Radius).Paint(canvas);

        Assert.AreSequenceEqual(
            [0u, 0u, 1u, 1u, 1u, 1u], canvas.Keys.AsSpan(6, 6).ToArray());
    }

    [TestMethod]
    public void Paint_PartlyOutside_IsCut()
    {
        var canvas = new MaskCanvas(3, 2, key: 0);
        canvas.Begin(1);

        new BoxedEllipseShape(-2, -2, 2, 2).Paint(canvas);

        Assert.IsTrue(canvas.Keys.All(key => key == 1));
    }
}
