using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LatentDecoderTest
{
    [TestMethod]
    public void Decode_LatentColumn_GivesTheReconstructionColumn()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 8);
        var options = new AutoencoderTrainerOptions
        {
            Epochs = 1,
            Latent = 3,
            ImageWidth = TrainingRow.Width,
            ImageHeight = TrainingRow.Height,
        };
        using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(rows);
        float[] latent = model.Transform(rows).GetColumn<float[]>("Latent").First();
        using var decoder = new LatentDecoder(model);

        using MLImage decoded = decoder.Decode(latent);

        using MLImage expected = model.Transform(rows).GetColumn<MLImage>("Reconstruction").First();
        Assert.AreEqual(
            (expected.Width, expected.Height, expected.PixelFormat), (decoded.Width, decoded.Height, decoded.PixelFormat));
        foreach (var (pixel, reconstruction) in decoded.Pixels.ToArray().Zip(expected.Pixels.ToArray()))
            Assert.AreEqual(reconstruction, pixel, 1);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => decoder.Decode(1, 2)).Message,
            "2 latent values were given, the autoencoder has 3");
    }

    [TestMethod]
    public void Decode_AfterDispose_IsObjectDisposed()
    {
        using ReconstructImageTransformer model = Untrained();
        var decoder = new LatentDecoder(model);
        decoder.Dispose();
        decoder.Dispose();

        var error = Assert.ThrowsExactly<ObjectDisposedException>(() => decoder.Decode(1, 2));
        StringAssert.Contains(error.Message, nameof(LatentDecoder));
    }

    [TestMethod]
    public void Dispose_WhileManyThreadsDecode_EndsThemByObjectDisposed()
    {
        using ReconstructImageTransformer model = Untrained();
        for (int round = 0; round < 10; round++)
        {
            var decoder = new LatentDecoder(model);
            using var hasDecoded = new CountdownEvent(3);
            Task[] decoding = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                decoder.Decode(1, 2).Dispose();
                hasDecoded.Signal();
                while (true) decoder.Decode(1, 2).Dispose();
            }))];
            hasDecoded.Wait();

            decoder.Dispose();

            var error = Assert.ThrowsExactly<AggregateException>(() => Task.WaitAll(decoding));
            foreach (Exception inner in error.InnerExceptions) Assert.IsInstanceOfType<ObjectDisposedException>(inner);
        }
    }

    private static ReconstructImageTransformer Untrained()
    {
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create());
        OnnxModelSource source = OnnxModelSource.Of(AutoencoderExporter.Export(network));
        var context = new MLContext(1);
        return new ReconstructImageEstimator(context, "Reconstruction", "Image", source, new ReconstructImageOptions())
            .Fit(TrainingRow.View(context, 1));
    }
}
