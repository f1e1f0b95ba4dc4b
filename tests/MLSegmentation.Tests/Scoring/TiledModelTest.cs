using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class TiledModelTest
{
    private static readonly SegmentationModelOptions _tiled = new()
    {
        Sizing = ImageSizing.Tiled,
        Preparation = ImagePreparation.AsIs,
    };
    private static readonly Rgb[] _primaries = [new(200, 30, 60), new(30, 200, 60), new(60, 30, 200)];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Segment_ImageOfOneTile_IsExactlyWhatSegmentImageGives(bool isForeign)
    {
        byte[] model = isForeign
            ? TestGraphs.Foreign(isHalved: true)
            : TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 8 });
        using MLImage image = TestImages.Image(20, 14, seed: 3);
        TestImages.Prediction whole = Whole(model, image);
        using var segmentation = SegmentationModel.Load(model, _tiled);
        using var rows = ImageRowReader.Over(image);

        (uint[] mask, float[] confidence) = Run(segmentation, rows);

        Assert.AreEqual(1, segmentation.Runs);
        CollectionAssert.AreEqual(whole.Mask, mask);
        CollectionAssert.AreEqual(whole.Confidence, confidence);
    }

    [TestMethod]
    public void Segment_ModelOfFixedSize_TilesAnImageThatIsLarger()
    {
        byte[] rgb = TestImages.Pixels(37, 29, seed: 4);
        using MLImage image = TestImages.Image(37, 29, rgb);
        using var segmentation = SegmentationModel.Load(TestGraphs.BrightestChannel(height: 8, width: 16), _tiled);
        using var rows = ImageRowReader.Over(image);

        (uint[] mask, float[] confidence) = Run(segmentation, rows);

        // Tiles start at 0, 12, 21 across, which are scored at once, and at 0, 6, 12, 18, 21 down.
        Assert.AreEqual(5, segmentation.Runs);
        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), mask);
        foreach ((float expected, float actual) in TestImages.BrightestProbabilities(rgb).Zip(confidence))
            Assert.AreEqual(expected, actual, 1e-5);
    }

    [TestMethod]
    public void Segment_Files_WritesTheMaskWithTheModelsColours()
    {
        using var folder = new TestFolder();
        using var segmentation = SegmentationModel.Load(
            TestGraphs.BrightestChannel(), new() { Sizing = ImageSizing.Tiled, ImageWidth = 5, ImageHeight = 4 });
        for (int i = 0; i < TestFolder.Sizes.Length; i++)
        {
            string maskPath = folder.FileNamed($"mask{i}.png");

            segmentation.Segment(folder.ImageFile(i), maskPath);

            LabelImage expected = LabelImageReader.Read(Path.Combine(folder.Masks, $"image{i}.png"));
            CollectionAssert.AreEqual(expected.Values, LabelImageReader.Read(maskPath).Values);
            using MLImage colours = ImageDecoder.Decode(maskPath);
            ReadOnlySpan<byte> pixel = colours.Pixels;
            Assert.AreEqual(segmentation.Palette[expected.Values[0]], new Rgb(pixel[2], pixel[1], pixel[0]));
        }
    }

    [TestMethod]
    public void Segment_DamagedImage_WritesNoMask()
    {
        using var folder = new TestFolder();
        string damaged = folder.FileNamed("damaged.png"), mask = folder.FileNamed("mask.png");
        byte[] data = File.ReadAllBytes(folder.ImageFile(0));
        File.WriteAllBytes(damaged, data[..^20]);
        using var segmentation = SegmentationModel.Load(TestGraphs.BrightestChannel(), _tiled);

        Assert.ThrowsExactly<InvalidDataException>(() => segmentation.Segment(damaged, mask));

        Assert.IsFalse(File.Exists(mask));
    }

    [TestMethod]
    public void Segment_LargeImage_TakesFarLessMemoryThanItsProbabilities()
    {
        const int Size = 4000, Square = 32;
        using var folder = new TestFolder();
        string imagePath = folder.FileNamed("large.png"), maskPath = folder.FileNamed("mask.png");
        static byte Index(int x, int y) => (byte)(((x / Square) + (y / Square)) % 3);
        var row = new byte[Size];
        PngWriter.WriteIndexed(imagePath, Size, Size, _primaries, rows =>
        {
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++) row[x] = Index(x, y);
                rows.Write(row);
            }
        });
        using var segmentation = SegmentationModel.Load(
            TestGraphs.BrightestChannel(), new() { Sizing = ImageSizing.Tiled, ImageWidth = 256, ImageHeight = 256 });
        using (var small = new DrawnRows(512, 512, (x, y) => _primaries[Index(x, y)])) Run(segmentation, small);
        GC.Collect();
        long before = Environment.WorkingSet, peak = 0;

        using (var image = ImageRowReader.Open(imagePath))
        {
            PngWriter.WriteIndexed(maskPath, Size, Size, segmentation.Palette, rows => segmentation.Segment(image, (y, mask, _) =>
            {
                if (y % 100 == 0) peak = Math.Max(peak, Environment.WorkingSet);
                for (int x = 0; x < mask.Length; x++) row[x] = (byte)(mask[x] - 1);
                rows.Write(row);
            }));
        }

        // The probabilities of all pixels are 192 MB; a row of tiles holds 15.
        Assert.IsLessThan(Size * Size * 3L * sizeof(float) / 2, peak - before);
        ushort[] labels = LabelImageReader.Read(maskPath).Values;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != Index(i % Size, i / Size)) Assert.Fail($"x {i % Size}, y {i / Size} is {labels[i]}.");
        }
    }

    [TestMethod]
    public void Segment_SmallTiles_AreScoredSeveralAtATimeByModelsOfThisProject()
    {
        SegmentationModelOptions options = _tiled with { WithConfidence = true };
        using var own = SegmentationModel.Load(TestGraphs.BrightestChannel(8, 8), options);
        using var foreign = SegmentationModel.Load(TestGraphs.ForeignForOne(), options);
        using MLImage image = TestImages.Image(64, 8, TestImages.Pixels(64, 8, seed: 5));

        SegmentationResult expected = foreign.Segment(image), actual = own.Segment(image);

        CollectionAssert.AreEqual(expected.Mask.ToArray(), actual.Mask.ToArray());
        foreach (var (one, other) in expected.Confidence.ToArray().Zip(actual.Confidence.ToArray()))
            Assert.AreEqual(one, other, 1e-6f);
        Assert.AreEqual(1, own.Runs);
        Assert.AreEqual(11, foreign.Runs,
            "A tile begins every 6 columns, the last at 56. Elsewhere a free first dimension may mean one image.");
    }

    [TestMethod]
    public void Load_WrongOptions_SaysWhatIsExpected()
    {
        byte[] free = TestGraphs.BrightestChannel();
        string Message(byte[] model, SegmentationModelOptions options) =>
            Assert.Throws<ArgumentException>(() => SegmentationModel.Load(model, options)).Message;

        StringAssert.Contains(Message(free, _tiled with { ImageWidth = 64 }), "ImageWidth is 64 and ImageHeight is null");
        StringAssert.Contains(Message(free, _tiled with { TileOverlap = 1 }), "expected 0 to 0.9");
        StringAssert.Contains(Message(free, _tiled with { TileOverlap = double.NaN }), "expected 0 to 0.9");
        StringAssert.Contains(
            Message(TestGraphs.BrightestChannel(8, 8), _tiled with { ImageWidth = 8, ImageHeight = 8 }), "Leave the size out");
        StringAssert.Contains(
            Message(free, _tiled with { TestTimeAugmentation = new TestTimeAugmentationOptions() }), "seen whole");
    }

    [TestMethod]
    public void Segment_RowsWithAnotherSizing_SaysWhatIsNeeded()
    {
        using var segmentation = SegmentationModel.Load(TestGraphs.BrightestChannel());
        using var rows = new DrawnRows(4, 4, DrawnRows.Noise);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => segmentation.Segment(rows, (_, _, _) => { })).Message, "Tiled");
    }

    [TestMethod]
    public void SegmentImage_Tiled_IsTheMaskOfTheModel()
    {
        byte[] rgb = TestImages.Pixels(37, 29, seed: 4);
        using MLImage image = TestImages.Image(37, 29, rgb);

        TestImages.Prediction prediction = Whole(TestGraphs.BrightestChannel(height: 8, width: 16), image, ImageSizing.Tiled);

        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), prediction.Mask);
    }

    [TestMethod]
    public void Segment_AfterDispose_IsObjectDisposed()
    {
        var segmentation = SegmentationModel.Load(TestGraphs.BrightestChannel(), _tiled);
        segmentation.Dispose();
        using var rows = new DrawnRows(4, 4, DrawnRows.Noise);

        StringAssert.Contains(
            Assert.ThrowsExactly<ObjectDisposedException>(() => segmentation.Segment(rows, (_, _, _) => { })).Message,
            nameof(SegmentationModel));
    }

    private static (uint[] Mask, float[] Confidence) Run(SegmentationModel segmentation, ImageRowReader image)
    {
        List<uint> keys = [];
        List<float> values = [];
        segmentation.Segment(image, (_, mask, confidence) =>
        {
            keys.AddRange(mask);
            values.AddRange(confidence);
        });
        return ([.. keys], [.. values]);
    }

    private static TestImages.Prediction Whole(byte[] model, MLImage image, ImageSizing? sizing = null)
    {
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        var options = new SegmentImageOptions
        {
            ConfidenceColumnName = "Confidence",
            Sizing = sizing,
            Preparation = ImagePreparation.AsIs,
        };
        IDataView scored = context.Transforms.SegmentImage("Mask", "Image", model, options).Fit(data).Transform(data);
        return context.Data.CreateEnumerable<TestImages.Prediction>(scored, reuseRowObject: false).Single();
    }
}
