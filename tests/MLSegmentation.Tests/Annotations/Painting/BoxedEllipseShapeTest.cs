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

    [TestMethod]
    public void Paint_PartlyOutside_IsCut()
    {
        var canvas = new MaskCanvas(3, 2, key: 0);
        canvas.Begin(1);

        new BoxedEllipseShape(-2, -2, 2, 2).Paint(canvas);

        Assert.IsTrue(canvas.Keys.All(key => key == 1));
    }
}
