using BitMiracle.LibTiff.Classic;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>A model that was trained in a range of samples reads files in it, by every way.</summary>
[TestClass]
public sealed class SampleRangeScoringTest
{
    // Of 16 bits both are (8, 8, 8), where the first class wins; in 2000..2100 the second one is (0, 255, 0).
    private static readonly ushort[] _samples = [2050, 2050, 2050, 2000, 2100, 2000];
    private static readonly SampleRange _range = new(2000, 2100);
    private static readonly uint[] _expected = [1, 2];
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();
    private readonly string _path;
    private readonly byte[] _model = TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SampleRange = _range });

    public SampleRangeScoringTest()
    {
        _path = _folder.FileNamed("deep.tif");
        File.WriteAllBytes(
            _path, new RawTiff(2, 1)
            {
                Depth = 16,
                Samples = 3,
                Colour = Photometric.RGB,
            }.ToBytes([.. _samples.SelectMany(BitConverter.GetBytes)]));
    }

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Segment_ModelWithARange_ReadsFilesInIt()
    {
        using var model = SegmentationModel.Load(_model);
        using var without = SegmentationModel.Load(TestGraphs.BrightestChannel());
        using var given = SegmentationModel.Load(TestGraphs.BrightestChannel(), new() { SampleRange = _range });
        using var tiled = SegmentationModel.Load(_model, new() { Sizing = ImageSizing.Tiled, ImageWidth = 8, ImageHeight = 8 });

        Assert.AreEqual(_range, model.Options.SampleRange);
        CollectionAssert.AreEqual(_expected, model.Segment(_path).Mask.ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 1 }, without.Segment(_path).Mask.ToArray());
        CollectionAssert.AreEqual(_expected, given.Segment(_path).Mask.ToArray());
        CollectionAssert.AreEqual(_expected, tiled.Segment(_path).Mask.ToArray());
        tiled.Segment(_path, _folder.FileNamed("mask.png"));
        CollectionAssert.AreEqual(new ushort[] { 0, 1 }, LabelImageReader.Read(_folder.FileNamed("mask.png")).Values);
    }

    [TestMethod]
    public void Transform_PathsAndTheirOverlay_AreReadInTheModelsRangeAndSoInAZip()
    {
        IDataView paths = _ml.Data.LoadFromEnumerable(new[] { new Row { Path = _path } });
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage(
            "Mask", "Path", _model, new() { OverlayColumnName = "Overlay", OverlayOpacity = 0 }).Fit(paths);
        string zip = _folder.FileNamed("model.zip");
        _ml.Model.Save(model, paths.Schema, zip);
        using var loaded = (SegmentImageTransformer)_ml.Model.Load(zip, out _);

        Assert.AreEqual(_range, loaded.Options.SampleRange);
        foreach (SegmentImageTransformer one in new[] { model, loaded })
        {
            IDataView scored = one.Transform(paths);
            using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
            Assert.IsTrue(cursor.MoveNext());
            VBuffer<uint> mask = default;
            cursor.GetGetter<VBuffer<uint>>(scored.Schema["Mask"])(ref mask);
            CollectionAssert.AreEqual(_expected, mask.DenseValues().ToArray());
        }
    }

    [TestMethod]
    public void ReadImages_WithARange_SaysSoInItsColumnAndItsZip()
    {
        IDataView paths = _ml.Data.LoadFromEnumerable(new[] { new Row { Path = _path } });
        ReadImagesTransformer read = _ml.Transforms.ReadImages("Image", null, "Path", _range).Fit(paths);
        string zip = _folder.FileNamed("read.zip");
        _ml.Model.Save(read, paths.Schema, zip);
        var loaded = (ReadImagesTransformer)_ml.Model.Load(zip, out _);

        Assert.AreEqual(_range, loaded.SampleRange);
        foreach (ReadImagesTransformer one in new[] { read, loaded })
        {
            IDataView images = one.Transform(paths);
            Assert.AreEqual(_range, SampleRangeAnnotation.Find(images.Schema["Image"]));
            using DataViewRowCursor cursor = images.GetRowCursor(images.Schema);
            Assert.IsTrue(cursor.MoveNext());
            MLImage image = null!;
            cursor.GetGetter<MLImage>(images.Schema["Image"])(ref image);
            using (image)
                CollectionAssert.AreEqual(new byte[] { 128, 128, 128, 255, 0, 255, 0, 255 }, ImageDecoderTest.Rgba(image));
        }
        Assert.IsNull(
            SampleRangeAnnotation.Find(
                _ml.Transforms.ReadImages("Image", null, "Path").Fit(paths).Transform(paths).Schema["Image"]));
    }

    [TestMethod]
    public void Measure_Files_GivesWhatTheyUse()
    {
        byte[] png = TestPng.Build(2, 1, 16, 4, [70, 65_535, 3000, 0]);
        File.WriteAllBytes(_folder.FileNamed("deep.png"), png);

        Assert.AreEqual(new SampleRange(2000, 2100), SampleRange.Measure([_path]));
        Assert.AreEqual(
            new SampleRange(70, 3000), SampleRange.Measure([_path, _folder.FileNamed("deep.png"), _folder.ImageFile(0)]));
        Assert.IsNull(SampleRange.Measure([_folder.ImageFile(0)]));
    }

    [TestMethod]
    public void Metadata_Range_ComesBackFromItsProperties()
    {
        ImageModelMetadata metadata = TestGraphs.Described() with { SampleRange = new(-0.5, 1e7) };

        Assert.AreEqual(metadata.SampleRange, ImageModelMetadata.FromProperties(metadata.ToProperties()).SampleRange);
        Assert.IsNull(ImageModelMetadata.FromProperties(TestGraphs.Described().ToProperties()).SampleRange);
        var broken = new Dictionary<string, string>(metadata.ToProperties()) { ["mlsegmentation.sampleRange"] = "wide" };
        Assert.ThrowsExactly<FormatException>(() => ImageModelMetadata.FromProperties(broken));
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
