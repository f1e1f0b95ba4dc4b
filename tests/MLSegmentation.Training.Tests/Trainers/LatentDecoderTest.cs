using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LatentDecoderTest
{
    [TestMethod]
    public void Decode_LatentColumn_GivesTheReconstructionColumn()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 8);
        var options = new AutoencoderTrainerOptions { Epochs = 1, Latent = 3, ImageWidth = TrainingRow.Width, ImageHeight = TrainingRow.Height };
        using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(rows);
        float[] latent = model.Transform(rows).GetColumn<float[]>("Latent").First();
        using var decoder = new LatentDecoder(model);

        using MLImage decoded = decoder.Decode(latent);

        using MLImage expected = model.Transform(rows).GetColumn<MLImage>("Reconstruction").First();
        Assert.AreEqual((expected.Width, expected.Height, expected.PixelFormat), (decoded.Width, decoded.Height, decoded.PixelFormat));
        foreach (var (pixel, reconstruction) in decoded.Pixels.ToArray().Zip(expected.Pixels.ToArray())) Assert.AreEqual(reconstruction, pixel, 1);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => decoder.Decode(1, 2)).Message, "2 latent values were given, the autoencoder has 3");
    }
}
