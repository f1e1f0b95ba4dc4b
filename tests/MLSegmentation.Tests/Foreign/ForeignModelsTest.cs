using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// Models as people bring them, which lie beside the repository: each gives the mask that an independent program made.
/// </summary>
[TestClass]
public sealed class ForeignModelsTest
{
    private static readonly MLContext _ml = new(1);

    public required TestContext TestContext { get; set; }

    private static IEnumerable<object[]> Cases => ForeignModels.NamesAndLayouts;

    private static IEnumerable<object[]> Names => ForeignModels.Names;

    /// <summary>The zip lies in a folder of its own: nothing beside the model is there any more.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void SegmentImage_ByOptions_GivesItsMaskBeforeAndAfterAZip(string name, bool isTurned)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        string zip = folder.FileNamed("model.zip");
        using MLImage image = MLImage.CreateFromFile(model.ImageFile);
        IDataView rows = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        using (var written = new TestFolder())
        {
            using SegmentImageTransformer saved = _ml.Transforms.SegmentImage(
                "Mask", "Image", FileOf(model, isTurned, written), OptionsOf(model)).Fit(rows);
            Require(model, Mask(saved));
            _ml.Model.Save(saved, rows.Schema, zip);
        }

        using var loaded = (SegmentImageTransformer)_ml.Model.Load(zip, out _);

        Require(model, Mask(loaded));

        uint[] Mask(SegmentImageTransformer segment) => segment.Transform(rows).GetColumn<uint[]>("Mask").Single();
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Load_ByOptions_GivesItsMask(string name, bool isTurned)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        using var loaded = SegmentationModel.Load(FileOf(model, isTurned, folder), ModelOptionsOf(model));

        Require(model, loaded.Segment(model.ImageFile).Mask.Span);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Load_WithoutPreparation_IsAnErrorOrWhatTheFileSays(string name)
    {
        var model = ForeignModels.Of(name);
        SegmentationModelOptions silent = ModelOptionsOf(model) with { Preparation = null };
        if (model.Preparation is null)
        {
            using var loaded = SegmentationModel.Load(model.ModelFile, silent);
            Require(model, loaded.Segment(model.ImageFile).Mask.Span);
            return;
        }

        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationModel.Load(model.ModelFile, silent)).Message;

        StringAssert.Contains(message, "does not say how pixels are prepared");
        StringAssert.Contains(message, "Set Preparation to");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Load_WrongPreparation_IsAnErrorWhereTheFileTellsAndNeverTheRightMask(string name)
    {
        var model = ForeignModels.Of(name);
        SegmentationModelOptions wrong = ModelOptionsOf(model) with { Preparation = model.Wrong };
        if (model.Preparation is null)
        {
            string message = Assert.ThrowsExactly<ArgumentException>(
                () => SegmentationModel.Load(model.ModelFile, wrong)).Message;
            StringAssert.Contains(message, $"The options say that pixels are prepared as {model.Wrong}, but ");
            return;
        }
        using var loaded = SegmentationModel.Load(model.ModelFile, wrong);

        double agreement = model.AgreementOf(loaded.Segment(model.ImageFile).Mask.Span);

        Assert.IsLessThan(model.Agreement, agreement, name);
    }

    private static string FileOf(ForeignModel model, bool isTurned, TestFolder folder) =>
        isTurned ? TurnedModel.Write(model.ModelFile, folder.Path) : model.ModelFile;

    private static SegmentImageOptions OptionsOf(ForeignModel model) =>
        new() { Preparation = model.Preparation, Classes = model.Classes };

    private static SegmentationModelOptions ModelOptionsOf(ForeignModel model) =>
        new() { Preparation = model.Preparation, Classes = model.Classes };

    private void Require(ForeignModel model, ReadOnlySpan<uint> mask)
    {
        TestContext.WriteLine($"{model.Name}: {model.AgreementOf(mask):P3}");
        model.RequireMask(mask);
    }
}
