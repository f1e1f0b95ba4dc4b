using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>A PredictionEngine disposes of its model with itself, which surprises whoever goes on with the model.</summary>
[TestClass]
public sealed class OwnershipTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Transform_AfterItsPredictionEngine_SaysWhoDisposedOfTheModel()
    {
        IDataView rows = _ml.Data.LoadImageFolder(_folder.Images);
        SegmentImageTransformer model = Fit(rows);
        _ml.Model.CreatePredictionEngine<ImageFolderRow, Scored>(model).Dispose();

        var error = Assert.ThrowsExactly<ObjectDisposedException>(() => model.Transform(rows).GetColumn<uint[]>("Mask").First());

        Assert.Contains("OwnsTransformer = false", error.Message);
        Assert.Contains(nameof(SegmentImageTransformer), error.Message);
    }

    [TestMethod]
    public void Transform_AfterAnEngineThatDoesNotOwn_Scores()
    {
        IDataView rows = _ml.Data.LoadImageFolder(_folder.Images);
        using SegmentImageTransformer model = Fit(rows);
        _ml.Model.CreatePredictionEngine<ImageFolderRow, Scored>(
            model, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();

        Assert.HasCount(48, model.Transform(rows).GetColumn<uint[]>("Mask").First());
    }

    private SegmentImageTransformer Fit(IDataView rows) =>
        _ml.Transforms.SegmentImage("Mask", "ImagePath", TestGraphs.BrightestChannel()).Fit(rows);

    private sealed class Scored
    {
        public uint[] Mask { get; set; } = [];
    }
}
