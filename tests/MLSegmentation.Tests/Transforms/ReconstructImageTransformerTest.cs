using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Images;
using MLSegmentation.Transforms;

namespace MLSegmentation.Tests.Transforms;

[TestClass]
public sealed class ReconstructImageTransformerTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Columns_OfHalvingAutoencoder_AreAsWorkedByHand()
    {
        // Red 100 and 200, green 0, blue 50: the reconstruction is half of it, rounded to even.
        IDataView data = Rows(TestImages.Image(2, 1, [100, 0, 50, 200, 0, 50]));
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving()).Fit(data);

        IDataView scored = model.Transform(data);

        using MLImage image = scored.GetColumn<MLImage>("Reconstruction").Single();
        CollectionAssert.AreEqual(new byte[] { 50, 0, 25, 255, 100, 0, 25, 255 }, image.Pixels.ToArray());
        float[] latent = scored.GetColumn<float[]>("Latent").Single();
        Assert.AreEqual(150f / 255, latent[0], 1e-6f);
        Assert.AreEqual(0, latent[1]);
        Assert.AreEqual(50f / 255, latent[2], 1e-6f);
        double expected = (50.0 * 50 + 25 * 25 + 100 * 100 + 25 * 25) / (255.0 * 255 * 6);
        Assert.AreEqual(expected, scored.GetColumn<float>("ReconstructionError").Single(), 1e-7);
    }

    [TestMethod]
    public void Reconstruction_GrayModel_IsGrayImage()
    {
        IDataView data = Rows(TestImages.Image(1, 1, [80, 80, 80]));
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving(channels: 1)).Fit(data);

        using MLImage image = model.Transform(data).GetColumn<MLImage>("Reconstruction").Single();

        CollectionAssert.AreEqual(new byte[] { 40, 40, 40, 255 }, image.Pixels.ToArray());
    }

    [TestMethod]
    public void Error_PaddedImage_LeavesThePaddingOut()
    {
        byte[] rgb = [.. Enumerable.Repeat((byte)100, 3 * 4 * 2)];
        IDataView data = Rows(TestImages.Image(4, 2, rgb));
        var options = new ReconstructImageOptions { Sizing = ImageSizing.Letterbox };
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving(3, 8, 8), options).Fit(data);

        IDataView scored = model.Transform(data);

        Assert.AreEqual(Math.Pow(50.0 / 255, 2), scored.GetColumn<float>("ReconstructionError").Single(), 1e-7);
        using MLImage image = scored.GetColumn<MLImage>("Reconstruction").Single();
        Assert.AreEqual((4, 2, (byte)50), (image.Width, image.Height, image.Pixels[0]));
    }

    [TestMethod]
    public void Columns_LeftOut_AreNotMade()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        var options = new ReconstructImageOptions { LatentColumnName = null, ErrorColumnName = null };
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving(), options).Fit(data);

        CollectionAssert.AreEqual(new[] { "Name", "Image", "Reconstruction" }, model.Transform(data).Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void Columns_OfOneRow_ShareOneRun()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1), TestImages.Image(5, 4, 2));
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving()).Fit(data);
        IDataView scored = model.Transform(data);

        _ = scored.GetColumn<string>("Name").Count();
        Assert.AreEqual(0, model.Runs);
        _ = scored.Preview();
        Assert.AreEqual(2, model.Runs);
    }

    [TestMethod]
    public void Dispose_ThenRead_IsObjectDisposed()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        ReconstructImageTransformer model = _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving()).Fit(data);
        IDataView scored = model.Transform(data);
        model.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => scored.GetColumn<float>("ReconstructionError").ToArray());
    }

    [TestMethod]
    public void ReconstructImage_SegmentationModel_SaysThatItDoesNotReconstruct() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.BrightestChannel())).Message,
        "does not reconstruct");

    [TestMethod]
    public void ReconstructImage_NoLatentOutput_SaysWhatToDo() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Foreign())).Message,
        "Set LatentColumnName to null");

    private IDataView Rows(params MLImage?[] images) =>
        _ml.Data.LoadFromEnumerable(images.Select((image, index) => new TestImages.Row { Name = $"{index}", Image = image }).ToList());
}
