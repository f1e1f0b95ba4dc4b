using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Rows that were read ahead are the rows of the input, whatever their columns.</summary>
[TestClass]
public sealed class ReadAheadTest
{
    private readonly MLContext _ml = new(1);

    private sealed class Row
    {
        public int Number { get; set; }

        public string Text { get; set; } = "";

        [VectorType]
        public float[] Vector { get; set; } = [];

        [AnySizeImage]
        public MLImage Image { get; set; } = null!;
    }

    private sealed class Scored
    {
        public int Number { get; set; }

        public string Text { get; set; } = "";

        public float[] Vector { get; set; } = [];

        [AnySizeImage]
        public MLImage Image { get; set; } = null!;

        public uint[] Mask { get; set; } = [];
    }

    [TestMethod]
    public void Rows_OfEveryTypeOfColumn_StayTogether()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows(50));
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);

        int i = 0;
        foreach (Scored scored in _ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false))
        {
            Assert.AreEqual((i, $"row {i}"), (scored.Number, scored.Text));
            CollectionAssert.AreEqual(Enumerable.Repeat((float)i, i % 4).ToArray(), scored.Vector);
            CollectionAssert.AreEqual(TestImages.BrightestKeys(TestImages.Pixels(4 + i % 3, 5, i)), scored.Mask);
            Assert.AreEqual(4 + i % 3, scored.Image.Width);
            i++;
        }
        Assert.AreEqual(50, i);
    }

    [TestMethod]
    public void Images_OfASourceInMemory_AreLeftAlone()
    {
        Row[] rows = [.. Rows(20)];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);

        for (int pass = 0; pass < 2; pass++) Assert.AreEqual(20, model.Transform(data).GetColumn<uint[]>("Mask").Count());

        foreach (Row row in rows) Assert.AreEqual(5, row.Image.Height);
    }

    [TestMethod]
    public void Source_ThatThrows_ThrowsAfterTheRowsBefore()
    {
        IEnumerable<Row> Failing()
        {
            foreach (Row row in Rows(7)) yield return row;
            throw new TimeoutException("the source is gone");
        }
        IDataView data = _ml.Data.LoadFromEnumerable(Failing());
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Mask"]]);

        for (int i = 0; i < 7; i++) Assert.IsTrue(cursor.MoveNext());

        Assert.ThrowsExactly<TimeoutException>(() => cursor.MoveNext());
    }

    [TestMethod]
    public void Cursor_DisposedEarly_StopsTheSource()
    {
        int given = 0;
        IEnumerable<Row> Counted()
        {
            foreach (Row row in Rows(1000))
            {
                given++;
                yield return row;
            }
        }
        IDataView data = _ml.Data.LoadFromEnumerable(Counted());
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);
        IDataView scored = model.Transform(data);

        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Mask"]])) Assert.IsTrue(cursor.MoveNext());
        int afterwards = given;
        Thread.Sleep(100);

        Assert.IsLessThan(20, afterwards);
        Assert.AreEqual(afterwards, given);
    }

    [TestMethod]
    public void Cursor_ClosedWithoutARow_HasReadNothing()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows(5));
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);
        IDataView scored = model.Transform(data);

        scored.GetRowCursor(scored.Schema).Dispose();

        Assert.AreEqual(0, model.Runs);
    }

    private static IEnumerable<Row> Rows(int count) => Enumerable.Range(0, count).Select(i => new Row
    {
        Number = i,
        Text = $"row {i}",
        Vector = [.. Enumerable.Repeat((float)i, i % 4)],
        Image = TestImages.Image(4 + i % 3, 5, i),
    });
}
