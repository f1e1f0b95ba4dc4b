using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// Hundreds of uses, finished or broken off, leave no native memory behind, and a transformer can be disposed of at any time.
/// </summary>
[TestClass]
public sealed class RepeatedUseTest
{
    // An image of that side takes 256 kB and its tensor 768 kB: left behind by each of the uses, either exceeds the bound.
    private const int Side = 256;
    private const int Uses = 250;
    private const long Bound = 48L << 20;

    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Overlay_OfManyRows_LeavesNoMemory()
    {
        using MLImage image = TestImages.Image(Side, Side, 1);
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(new TestImages.Row { Image = image }, Uses + 20));
        using SegmentImageTransformer model = Fit(
            data, new() { ConfidenceColumnName = "Confidence", OverlayColumnName = "Overlay", Threads = 1 });
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<uint>> getMask = cursor.GetGetter<VBuffer<uint>>(scored.Schema["Mask"]);
        ValueGetter<MLImage> getOverlay = cursor.GetGetter<MLImage>(scored.Schema["Overlay"]);
        VBuffer<uint> mask = default;
        MLImage overlay = null!;

        AssertNoGrowth(() =>
        {
            MLImage? last = overlay;
            Assert.IsTrue(cursor.MoveNext());
            getMask(ref mask);
            getOverlay(ref overlay);
            AssertIsFreed(last);
        });

        overlay.Dispose();
    }

    [TestMethod]
    public void ReadImages_OfManyRows_LeavesNoMemory()
    {
        using var folder = new TestFolder();
        using MLImage image = TestImages.Image(Side, Side, 1);
        image.Save(folder.FileNamed("large.png"));
        IDataView data = _ml.Data.LoadFromEnumerable(
            Enumerable.Repeat(new FreshProcess.InputRow { ImagePath = "large.png" }, Uses + 20));
        IDataView read = _ml.Transforms.ReadImages("Image", folder.Path, "ImagePath").Fit(data).Transform(data);
        using DataViewRowCursor cursor = read.GetRowCursor(read.Schema);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(read.Schema["Image"]);
        MLImage decoded = null!;

        AssertNoGrowth(() =>
        {
            MLImage? last = decoded;
            Assert.IsTrue(cursor.MoveNext());
            getImage(ref decoded);
            AssertIsFreed(last);
        });

        decoded.Dispose();
    }

    [TestMethod]
    public void Mask_SourceThrowsAfterARow_LeavesNoMemoryAndTheModelUsable()
    {
        using MLImage image = TestImages.Image(Side, Side, 1);
        IDataView broken = _ml.Data.LoadFromEnumerable(BrokenOff(image));
        using SegmentImageTransformer model = Fit(broken, new() { Threads = 1 });
        IDataView scored = model.Transform(broken);

        AssertNoGrowth(() => Assert.ThrowsExactly<OperationCanceledException>(() => scored.GetColumn<uint[]>("Mask").Count()));

        Assert.AreEqual(Uses + 20, model.Runs);
        IDataView sound = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        Assert.HasCount(1, model.Transform(sound).GetColumn<uint[]>("Mask"));
    }

    [TestMethod]
    public void Mask_GraphRefusesTheImage_LeavesTheModelUsableAndDisposable()
    {
        using MLImage image = TestImages.Image(4, 4, 1);
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        SegmentImageTransformer model = Fit(data, new() { Threads = 1 }, TestGraphs.HalfMask());
        IDataView scored = model.Transform(data);

        for (int i = 0; i < Uses; i++)
            Assert.ThrowsExactly<InvalidOperationException>(() => scored.GetColumn<uint[]>("Mask").Count());

        // It would wait for ever for a run that never ended.
        model.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => scored.GetColumn<uint[]>("Mask").Count());
    }

    [TestMethod]
    public void Fit_ManyTimes_LeavesNoMemory()
    {
        using MLImage image = TestImages.Image(8, 8, 1);
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);

        AssertNoGrowth(() =>
        {
            using SegmentImageTransformer model = Fit(data, new() { Threads = 1 });
            Assert.HasCount(1, model.Transform(data).GetColumn<uint[]>("Mask"));
        });
    }

    [TestMethod]
    public void Dispose_WhileOthersScore_EndsThemWithObjectDisposed()
    {
        using MLImage image = TestImages.Image(64, 64, 1);
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        for (int round = 0; round < 20; round++)
        {
            SegmentImageTransformer model = Fit(data, new() { OverlayColumnName = "Overlay", Threads = 1 });
            IDataView scored = model.Transform(data);
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                while (true) scored.GetColumn<uint[]>("Mask").Count();
            }))];
            SpinWait.SpinUntil(() => model.Runs > 10 || readers.Any(reader => reader.IsCompleted));

            model.Dispose();

            var error = Assert.ThrowsExactly<AggregateException>(() => Task.WaitAll(readers));
            foreach (Exception inner in error.InnerExceptions) Assert.IsInstanceOfType<ObjectDisposedException>(inner);
        }
    }

    private static IEnumerable<TestImages.Row> BrokenOff(MLImage image)
    {
        yield return new TestImages.Row { Image = image };
        throw new OperationCanceledException();
    }

    private static void AssertIsFreed(MLImage? image)
    {
        if (image is not null) Assert.ThrowsExactly<InvalidOperationException>(() => image.Width);
    }

    private static void AssertNoGrowth(Action use)
    {
        for (int i = 0; i < 20; i++) use();
        long before = NativeMemory();
        for (int i = 0; i < Uses; i++) use();
        Assert.IsLessThan(Bound, NativeMemory() - before);
    }

    /// <summary>What the process holds beside the managed heap.</summary>
    private static long NativeMemory()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }

    private SegmentImageTransformer Fit(IDataView data, SegmentImageOptions options, byte[]? model = null) =>
        _ml.Transforms.SegmentImage("Mask", "Image", model ?? TestGraphs.BrightestChannel(), options).Fit(data);
}
