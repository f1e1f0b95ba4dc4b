using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>A chain that read masks to train with scores images that have none.</summary>
[TestClass]
public sealed class RowsWithoutMasksTest
{
    private static readonly string[] _classes = ["reddish", "greenish", "bluish"];
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Transform_RowsWithoutMaskColumn_GivesMasksOfTheImages()
    {
        ITransformer model = Loaded();

        IDataView scored = model.Transform(_ml.Data.LoadImageFolder(_folder.Images));

        uint[][] masks = [.. scored.GetColumn<uint[]>("PredictedLabel")];
        for (int i = 0; i < masks.Length; i++)
        {
            (int width, int height) = TestFolder.Sizes[i];
            CollectionAssert.AreEqual(TestImages.BrightestKeys(TestImages.Pixels(width, height, i)), masks[i]);
        }
        Assert.IsTrue(scored.GetColumn<uint[]>("Label").All(label => label.Length == 0));
        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)), scored.Schema["Label"].Type);
    }

    [TestMethod]
    public void Evaluate_RowsWithoutMaskColumn_SaysThatThereIsNothingToCompareWith()
    {
        IDataView scored = Loaded().Transform(_ml.Data.LoadImageFolder(_folder.Images));

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Segmentation.Evaluate(scored));

        Assert.Contains("rows without its column of files", error.Message);
    }

    [TestMethod]
    public void Predict_RowWithoutMaskColumn_GivesItsMask()
    {
        ITransformer model = Loaded();
        using PredictionEngine<ImageRow, ScoredRow> engine = _ml.Model.CreatePredictionEngine<ImageRow, ScoredRow>(model);

        ScoredRow row = engine.Predict(new ImageRow { ImagePath = _folder.ImageFile(1) });

        CollectionAssert.AreEqual(TestImages.BrightestKeys(TestImages.Pixels(6, 8, 1)), row.PredictedLabel);
    }

    [TestMethod]
    public void Transform_RowsWithMaskColumn_ReadsTheMasks()
    {
        IDataView scored = Loaded().Transform(_ml.Data.LoadSegmentationFolder(_folder.Images, _folder.Masks));

        Assert.AreEqual(1, _ml.Segmentation.Evaluate(scored).MeanIoU);
    }

    [TestMethod]
    public void Fit_RowsWithoutMaskColumn_NamesTheColumn()
    {
        IDataView rows = _ml.Data.LoadImageFolder(_folder.Images);

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, "MaskPath").Fit(rows));

        Assert.Contains("Could not find input column 'MaskPath'", error.Message);
    }

    [TestMethod]
    public void Transform_MaskColumnOfNumbers_IsRefused()
    {
        IDataView rows = _ml.Data.LoadSegmentationFolder(_folder.Images, _folder.Masks);
        ReadMasksTransformer model = _ml.Transforms.ReadMasks("Label", null, _classes, "MaskPath").Fit(rows);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(_ml.Data.LoadFromEnumerable([new Numbers()])));
    }

    private ITransformer Loaded()
    {
        IDataView rows = _ml.Data.LoadSegmentationFolder(_folder.Images, _folder.Masks);
        var chain = _ml.Transforms.ReadImages("Image", null, "ImagePath")
            .Append(_ml.Transforms.ReadMasks("Label", null, _classes, "MaskPath"))
            .Append(_ml.Transforms.SegmentImage("PredictedLabel", "Image", TestGraphs.BrightestChannel()));
        string zip = _folder.FileNamed("model.zip");
        using (var fitted = chain.Fit(rows)) _ml.Model.Save(fitted, rows.Schema, zip);
        return _ml.Model.Load(zip, out _);
    }

    private sealed class ImageRow
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class ScoredRow
    {
        public uint[] PredictedLabel { get; set; } = [];
    }

    private sealed class Numbers
    {
        public float MaskPath { get; set; }
    }
}
