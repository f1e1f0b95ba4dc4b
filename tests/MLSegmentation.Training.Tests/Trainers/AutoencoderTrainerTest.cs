using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AutoencoderTrainerTest
{
    [TestMethod]
    public void Fit_Rectangles_ReconstructsBetterThanTheMeanImage()
    {
        var context = new MLContext(1);
        var options = new AutoencoderTrainerOptions { Epochs = 30, BatchSize = 16, Latent = 4, LearningRate = 3e-3 };
        IDataView rows = TrainingRow.View(context, 64);

        using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(rows);
        IDataView scored = model.Transform(rows);
        float[] errors = [.. scored.GetColumn<float>("ReconstructionError")];
        float[][] latent = [.. scored.GetColumn<float[]>("Latent")];

        // Images of two grays, 120 of 255 apart, of which 13 % are bright: their variance is 0.025.
        Assert.IsLessThan(0.015f, errors.Average());
        Assert.IsTrue(latent.All(code => code.Length == 4));
        Assert.AreEqual("cae", model.ModelInfo.Metadata.Network);
    }

    [TestMethod]
    public void Fit_ScoringOptionsThatDoNotFit_AreFoundBeforeTraining()
    {
        var context = new MLContext(1);
        int reports = 0;
        var options = new AutoencoderTrainerOptions
        {
            Epochs = 1,
            Scoring = new ReconstructImageOptions { ErrorColumnName = "Reconstruction" },
            Progress = new SynchronousProgress(_ => reports++),
        };

        Assert.ThrowsExactly<ArgumentException>(
            () => context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(TrainingRow.View(context, 4)));

        Assert.AreEqual(0, reports);
    }

    [TestMethod]
    public void Constructor_SizeThatCannotBeHalvedTwice_SaysWhatToDo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation.Trainers.ConvolutionalAutoencoder(
                new AutoencoderTrainerOptions { ImageWidth = 30 }));

        StringAssert.Contains(error.Message, "30x28");
    }

    [TestMethod]
    public void Fit_EncoderTimeBudgetAndAugmentation_ReconstructsImagesOfAnySize()
    {
        var context = new MLContext(1);
        var options = new AutoencoderTrainerOptions
        {
            Encoder = new CompactEncoder(),
            Latent = 8,
            Channels = 3,
            ImageWidth = 64,
            ImageHeight = 32,
            BatchSize = 4,
            TimeBudget = TimeSpan.FromSeconds(2),
            Augmentation = new AugmentationOptions(),
            Scoring = new ReconstructImageOptions { LatentColumnName = null, Sizing = ImageSizing.Native },
        };
        IDataView rows = TrainingRow.View(context, 8);

        using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(rows);
        using MLImage image = model.Transform(rows).GetColumn<MLImage>("Reconstruction").First();

        Assert.AreEqual("cae-compact", model.ModelInfo.Metadata.Network);
        Assert.AreEqual((64, 32, 32),
            (model.ModelInfo.Metadata.ImageWidth, model.ModelInfo.Metadata.ImageHeight, model.ModelInfo.SizeMultiple));
        Assert.AreEqual((TrainingRow.Width, TrainingRow.Height), (image.Width, image.Height));
    }

    [TestMethod]
    public void Constructor_EncoderAndLatentColumn_SaysWhatToDo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Segmentation.Trainers.ConvolutionalAutoencoder(
            new AutoencoderTrainerOptions { Encoder = new CompactEncoder(), ImageWidth = 32, ImageHeight = 32 }));

        StringAssert.Contains(error.Message, "Set LatentColumnName to null");
    }

    [TestMethod]
    public void Constructor_EncoderAndSizeThatIsNoMultiple_SaysWhatItTakes()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Segmentation.Trainers.ConvolutionalAutoencoder(
            new AutoencoderTrainerOptions { Encoder = new CompactEncoder(), ImageWidth = 48, ImageHeight = 32 }));

        StringAssert.Contains(error.Message, "48x32");
        StringAssert.Contains(error.Message, "multiples of 32");
    }

    [TestMethod]
    public void FitOverFeatures_DefectsInTwoOfThreeImages_FindsThemAlsoFromAZip()
    {
        var context = new MLContext(1);
        var options = AutoencoderTrainerOptions.OfFeatures with
        {
            PretrainedWeights = RealResNet.Path,
            ImageWidth = TexturedRow.Size,
            ImageHeight = TexturedRow.Size,
            Epochs = 10,
        };
        IDataView flawless = TexturedRow.View(context, 24, first: 0), mixed = TexturedRow.View(context, 18, first: 100);

        using var model = context.Segmentation.Trainers.FeatureAutoencoder(options).Fit(flawless);
        using var saved = new MemoryStream();
        context.Model.Save(model, flawless.Schema, saved);
        ITransformer loaded = context.Model.Load(saved, out _);
        IDataView scored = model.Transform(mixed);
        float[] scores = [.. scored.GetColumn<float>("AnomalyScore")];
        float[][] maps = [.. scored.GetColumn<float[]>("ErrorMap")], masks = [.. mixed.GetColumn<float[]>("Defect")];

        bool[] areDefective = [.. masks.Select(mask => mask.Max() > 0)];
        var pixels = maps.Zip(masks, (map, mask) => map.Zip(mask)).SelectMany(pair => pair).ToLookup(pair => pair.Second > 0);
        Assert.IsGreaterThan(0.95, RocCurve.Area(
            scores.Where((_, i) => areDefective[i]), scores.Where((_, i) => !areDefective[i])));
        Assert.IsGreaterThan(0.9, RocCurve.Area(
            pixels[true].Select(pair => pair.First), pixels[false].Select(pair => pair.First)));
        CollectionAssert.AreEqual(scores, loaded.Transform(mixed).GetColumn<float>("AnomalyScore").ToArray());
        Assert.IsFalse(scored.Schema.Any(column => column.Name == "Reconstruction"));
    }

    [TestMethod]
    public void FitOverFeatures_FlawlessImages_ErrorFallsInTheTraining()
    {
        var context = new MLContext(1);
        var reports = new List<TrainingProgress>();
        var options = AutoencoderTrainerOptions.OfFeatures with
        {
            Encoder = new CompactEncoder(),
            PretrainedWeights = null,
            ImageWidth = 64,
            ImageHeight = 64,
            Epochs = 15,
            Progress = new SynchronousProgress(reports.Add),
        };

        using var model = context.Segmentation.Trainers.FeatureAutoencoder(options).Fit(TexturedRow.View(context, 16, first: 0));

        Assert.IsLessThan(0.7 * reports[0].Loss, reports[^1].Loss);
        Assert.AreEqual("dfr-compact", model.ModelInfo.Metadata.Network);
    }

    [TestMethod]
    public void FeatureAutoencoder_NoEncoder_SaysWhatToVary() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation.Trainers.FeatureAutoencoder(new AutoencoderTrainerOptions())).Message,
        "AutoencoderTrainerOptions.OfFeatures");

    [TestMethod]
    public void ConvolutionalAutoencoder_WeightsAndNoEncoder_SaysWhatToDo() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation.Trainers.ConvolutionalAutoencoder(
                new AutoencoderTrainerOptions { PretrainedWeights = "resnet18-imagenet" })).Message,
        "set Encoder");
}
