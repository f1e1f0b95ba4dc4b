using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training.Tests.Trainers;

[TestClass]
public sealed class AutoencoderTrainerTest
{
    [TestMethod]
    public void Fit_Rectangles_ReconstructsBetterThanTheMeanImage()
    {
        var context = new MLContext(1);
        var options = new AutoencoderTrainerOptions { Epochs = 30, BatchSize = 16, Latent = 4, LearningRate = 3e-3 };
        IDataView rows = TrainingRow.View(context, 64);

        using var model = context.Segmentation().Trainers().ConvolutionalAutoencoder(options).Fit(rows);
        IDataView scored = model.Transform(rows);
        float[] errors = [.. scored.GetColumn<float>("ReconstructionError")];
        float[][] latent = [.. scored.GetColumn<float[]>("Latent")];

        // Images of two grays, 120 of 255 apart, of which 13 % are bright: their variance is 0.025.
        Assert.IsLessThan(0.015f, errors.Average());
        Assert.IsTrue(latent.All(code => code.Length == 4));
        Assert.AreEqual("cae", model.ModelInfo.Metadata.Network);
    }

    [TestMethod]
    public void Constructor_SizeThatCannotBeHalvedTwice_SaysWhatToDo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation().Trainers().ConvolutionalAutoencoder(new AutoencoderTrainerOptions { ImageWidth = 30 }));

        StringAssert.Contains(error.Message, "30x28");
    }
}
