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
}
