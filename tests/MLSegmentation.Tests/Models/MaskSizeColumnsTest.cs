using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskSizeColumnsTest
{
    private static readonly SegmentImageOptions _options = new() { WidthColumnName = "Width", HeightColumnName = "Height" };
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void WidthAndHeight_ImagesOfAnySize_AreTheirMasks()
    {
        IDataView data = _ml.Data.LoadImageFolder(_folder.Images);
        using SegmentImageTransformer model = Fit(data, _options);

        AssertSizes(model.Transform(data));
        AssertSizes(MaskRows.TransformLoaded(_ml, model, data));
    }

    [TestMethod]
    public void WidthAndHeight_BadImage_IsNone()
    {
        File.WriteAllText(_folder.ImageFile(0), "no image");
        IDataView data = _ml.Data.LoadImageFolder(_folder.Images);
        var options = _options with { BadImagePolicy = BadImagePolicy.ErrorColumn, BadImageColumnName = "Error" };
        using SegmentImageTransformer model = Fit(data, options);

        IDataView scored = model.Transform(data);

        Assert.AreEqual((0, 6), (scored.GetColumn<int>("Width").First(), scored.GetColumn<int>("Width").ElementAt(1)));
        Assert.AreEqual((0, 8), (scored.GetColumn<int>("Height").First(), scored.GetColumn<int>("Height").ElementAt(1)));
    }

    [TestMethod]
    public void WidthAndHeight_InTheSchema_AreWholeNumbers()
    {
        IDataView data = _ml.Data.LoadImageFolder(_folder.Images);
        SegmentImageEstimator estimator = _ml.Transforms.SegmentImage(
            "Mask", "ImagePath", TestGraphs.BrightestChannel(), _options);

        SchemaShape shape = estimator.GetOutputSchema(MaskRows.Shape(data.Schema));

        Assert.AreEqual(NumberDataViewType.Int32, shape.Single(column => column.Name == "Width").ItemType);
        Assert.AreEqual(NumberDataViewType.Int32, shape.Single(column => column.Name == "Height").ItemType);
        Assert.ThrowsExactly<ArgumentException>(() =>
            _ml.Transforms.SegmentImage("Mask", "ImagePath", TestGraphs.BrightestChannel(), new() { WidthColumnName = "Mask" }));
    }

    /// <summary>Readers of older versions refuse settings that they do not know.</summary>
    [TestMethod]
    public void Save_WithoutThem_IsTheZipOfOlderVersions()
    {
        IDataView data = _ml.Data.LoadImageFolder(_folder.Images);
        using SegmentImageTransformer model = Fit(data, new());
        string zip = _folder.FileNamed("model.zip");

        _ml.Model.Save(model, data.Schema, zip);

        using ZipArchive archive = ZipFile.OpenRead(zip);
        using var settings = new StreamReader(archive.Entries.Single(entry => entry.Name == "Settings.json").Open());
        string text = settings.ReadToEnd();
        Assert.Contains("OverlayColumnName", text);
        Assert.DoesNotContain("WidthColumnName", text);
        Assert.DoesNotContain("HeightColumnName", text);
    }

    private SegmentImageTransformer Fit(IDataView data, SegmentImageOptions options) =>
        _ml.Transforms.SegmentImage("Mask", "ImagePath", TestGraphs.BrightestChannel(), options).Fit(data);

    private static void AssertSizes(IDataView scored)
    {
        CollectionAssert.AreEqual(
            TestFolder.Sizes.Select(size => size.Width).ToArray(), scored.GetColumn<int>("Width").ToArray());
        CollectionAssert.AreEqual(
            TestFolder.Sizes.Select(size => size.Height).ToArray(), scored.GetColumn<int>("Height").ToArray());
    }
}
