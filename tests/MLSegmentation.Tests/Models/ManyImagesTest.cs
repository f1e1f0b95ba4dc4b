using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ManyImagesTest
{
    private const long Allowed = 20 << 20;

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";
    }

    [TestMethod]
    [DataRow(false, DisplayName = "paths")]
    [DataRow(true, DisplayName = "images")]
    public void Transform_AThousandImages_TakesTheMemoryOfAFew(bool readsImages)
    {
        using var folder = new TestFolder();
        string[] files =
            [.. Enumerable.Range(0, 20).Select(i => WriteJpeg(folder.FileNamed($"{i}.jpg"), 320 + 8 * i, 240 + 4 * i))];
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 1000).Select(i => new PathRow { ImagePath = files[i % files.Length] }));
        if (readsImages) data = context.Transforms.ReadImages("Image", null, "ImagePath").Fit(data).Transform(data);
        using SegmentImageTransformer model = context.Transforms.SegmentImage(
            "Mask", readsImages ? "Image" : "ImagePath", TestGraphs.BrightestChannel()).Fit(data);
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Mask"]]);
        ValueGetter<VBuffer<uint>> getMask = cursor.GetGetter<VBuffer<uint>>(scored.Schema["Mask"]);
        VBuffer<uint> mask = default;
        // The system takes memory back when it likes, so a single figure says little: a leak is in the least of the later ones.
        List<long> early = [], late = [];
        for (int i = 0; cursor.MoveNext(); i++)
        {
            getMask(ref mask);
            if (i % 25 != 24) continue;
            if (i is >= 400 and < 500) early.Add(Memory());
            if (i >= 900) late.Add(Memory());
        }

        Assert.HasCount(4, early);
        Assert.HasCount(4, late);
        Assert.IsGreaterThan(0L, early.Min());
        Assert.IsLessThan(Allowed, late.Min() - early.Min());
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static string WriteJpeg(string path, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(200, 60, 40));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }
}
