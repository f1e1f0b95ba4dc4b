using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ReconstructImageTransformerTest
{
    private readonly MLContext _ml = new(1);

    private static ReconstructImageOptions Anomalies { get; } =
        new() { ErrorMapColumnName = "Map", AnomalyScoreColumnName = "Score" };

    [TestMethod]
    public void Columns_OfHalvingAutoencoder_AreAsWorkedByHand()
    {
        // Red 100 and 200, green 0, blue 50: the reconstruction is half of it, rounded to even.
        IDataView data = Rows(TestImages.Image(2, 1, [100, 0, 50, 200, 0, 50]));
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving()).Fit(data);

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
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving(channels: 1)).Fit(data);

        using MLImage image = model.Transform(data).GetColumn<MLImage>("Reconstruction").Single();

        CollectionAssert.AreEqual(new byte[] { 40, 40, 40, 255 }, image.Pixels.ToArray());
    }

    [TestMethod]
    public void Error_PaddedImage_LeavesThePaddingOut()
    {
        byte[] rgb = [.. Enumerable.Repeat((byte)100, 3 * 4 * 2)];
        IDataView data = Rows(TestImages.Image(4, 2, rgb));
        var options = new ReconstructImageOptions { Sizing = ImageSizing.Letterbox };
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving(3, 8, 8), options).Fit(data);

        IDataView scored = model.Transform(data);

        Assert.AreEqual(Math.Pow(50.0 / 255, 2), scored.GetColumn<float>("ReconstructionError").Single(), 1e-7);
        using MLImage image = scored.GetColumn<MLImage>("Reconstruction").Single();
        Assert.AreEqual((4, 2, (byte)50), (image.Width, image.Height, image.Pixels[0]));
    }

    [TestMethod]
    public void ErrorMap_OfHalvingAutoencoder_IsAsWorkedByHand()
    {
        // Half of the image is missing: (100² + 0² + 50²) / 4 and (200² + 0² + 50²) / 4 over three channels, on a scale of 0 to
        // 1.
        IDataView data = Rows(TestImages.Image(2, 1, [100, 0, 50, 200, 0, 50]));
        double[] expected = [3125 / 255.0 / 255 / 3, 10625 / 255.0 / 255 / 3];

        float[] map = Score(data, Anomalies).GetColumn<float[]>("Map").Single();
        float[] relative = Score(data, Anomalies with { RelativeErrors = true }).GetColumn<float[]>("Map").Single();

        Assert.AreEqual(expected[0], map[0], 1e-7);
        Assert.AreEqual(expected[1], map[1], 1e-7);
        // In units of the mean error, 6875.
        Assert.AreEqual(3125.0 / 6875, relative[0], 1e-6);
        Assert.AreEqual(10625.0 / 6875, relative[1], 1e-6);
    }

    [TestMethod]
    [DataRow(0.0, 1)]
    [DataRow(0.25, 1)]
    [DataRow(0.26, 2)]
    [DataRow(0.75, 3)]
    [DataRow(1.0, 4)]
    public void AnomalyScore_OfFourErrors_IsTheirQuantile(double quantile, int rank)
    {
        // The errors are (10 r)² / 255² for r = 4, 1, 3, 2.
        IDataView data = Rows(
            TestImages.Image(2, 2, [.. new byte[] { 80, 20, 60, 40 }.SelectMany(gray => Enumerable.Repeat(gray, 3))]));

        float score = Score(data, Anomalies with { AnomalyQuantile = quantile }).GetColumn<float>("Score").Single();

        Assert.AreEqual(100.0 * rank * rank / 255 / 255, score, 1e-7);
    }

    [TestMethod]
    public void ErrorMap_Smoothed_SpreadsASinglePixel()
    {
        var rgb = new byte[3 * 21 * 15];
        rgb.AsSpan(3 * (7 * 21 + 10), 3).Fill(200);
        IDataView data = Rows(TestImages.Image(21, 15, rgb));

        IDataView scored = Score(data, Anomalies with { ErrorSmoothing = 1 });
        float[] map = scored.GetColumn<float[]>("Map").Single();

        double single = 100.0 * 100 / 255 / 255;
        Assert.AreEqual(0.1592 * single, map[7 * 21 + 10], 1e-4 * single);
        Assert.AreEqual(0.0966 * single, map[7 * 21 + 11], 1e-4 * single);
        Assert.AreEqual(0.0966 * single, map[8 * 21 + 10], 1e-4 * single);
        Assert.AreEqual(single, map.Sum(), 1e-4 * single);
        Assert.AreEqual(map.Max(), scored.GetColumn<float>("Score").Single());
    }

    [TestMethod]
    public void ErrorMap_ResizedAndPaddedImage_HasTheImagesSizeAndNoPadding()
    {
        IDataView data = Rows(TestImages.Image(8, 4, [.. Enumerable.Repeat((byte)100, 3 * 8 * 4)]));
        var options = Anomalies with { Sizing = ImageSizing.Letterbox, ErrorSmoothing = 2 };

        float[] map = Score(data, options, TestGraphs.Halving(3, 6, 6)).GetColumn<float[]>("Map").Single();

        Assert.HasCount(8 * 4, map);
        foreach (float error in map) Assert.AreEqual(50.0 * 50 / 255 / 255, error, 1e-6);
    }

    [TestMethod]
    public void RelativeErrors_PerfectReconstruction_AreZero()
    {
        IDataView data = Rows(TestImages.Image(2, 2, new byte[3 * 2 * 2]));

        CollectionAssert.AreEqual(
            new float[4], Score(data, Anomalies with { RelativeErrors = true }).GetColumn<float[]>("Map").Single());
    }

    [TestMethod]
    [DataRow(-1.0, 1.0)]
    [DataRow(double.NaN, 1.0)]
    [DataRow(1.0, 1.5)]
    [DataRow(1.0, double.NaN)]
    public void ReconstructImage_OptionOutOfRange_IsRefused(double smoothing, double quantile) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.ReconstructImage(
                "Reconstruction", "Image", TestGraphs.Halving(),
                Anomalies with { ErrorSmoothing = smoothing, AnomalyQuantile = quantile }));

    [TestMethod]
    public void Columns_LeftOut_AreNotMade()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        var options = new ReconstructImageOptions { LatentColumnName = null, ErrorColumnName = null };
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving(), options).Fit(data);

        CollectionAssert.AreEqual(
            new[] { "Name", "Image", "Reconstruction" }, model.Transform(data).Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void Columns_OfOneRow_ShareOneRun()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1), TestImages.Image(5, 4, 2));
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving()).Fit(data);
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
        ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.Halving()).Fit(data);
        IDataView scored = model.Transform(data);
        model.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => scored.GetColumn<float>("ReconstructionError").ToArray());
    }

    [TestMethod]
    public void ReconstructImage_SegmentationModel_SaysThatItDoesNotReconstruct() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.BrightestChannel())).Message,
        "does not reconstruct");

    [TestMethod]
    public void ReconstructImage_NoLatentOutput_SaysWhatToDo() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.ReconstructImage(
                "Reconstruction", "Image", TestGraphs.Foreign(), new() { Preparation = ImagePreparation.AsIs })).Message,
        "Set LatentColumnName to null");

    [TestMethod]
    public void Columns_ModelThatGivesErrors_AreItsOwnAndNoImage()
    {
        IDataView data = Rows(TestImages.Image(2, 2, [9, 10, 9, 9, 20, 9, 9, 30, 9, 9, 200, 9]));
        var options = Anomalies with { LatentColumnName = null, AnomalyQuantile = 0.75 };
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", TestGraphs.GivingErrors(), options).Fit(data);

        IDataView scored = model.Transform(data);

        CollectionAssert.AreEqual(
            new[] { "Name", "Image", "ReconstructionError", "Map", "Score" },
            scored.Schema.Select(column => column.Name).ToArray());
        Assert.AreEqual((0.1f + 0.2f + 0.3f + 2) / 4, scored.GetColumn<float>("ReconstructionError").Single(), 1e-6f);
        CollectionAssert.AreEqual(new[] { 0.1f, 0.2f, 0.3f, 2 }, scored.GetColumn<float[]>("Map").Single());
        Assert.AreEqual(0.3f, scored.GetColumn<float>("Score").Single());
    }

    [TestMethod]
    public void ErrorMap_ModelThatGivesErrorsOfAPaddedImage_LeavesThePaddingOut()
    {
        IDataView data = Rows(TestImages.Image(2, 1, [0, 100, 0, 0, 200, 0]));
        var options = Anomalies with
        {
            LatentColumnName = null,
            RelativeErrors = true,
            Sizing = ImageSizing.Native,
        };

        float[] map = Score(data, options, TestGraphs.GivingErrors(sizeMultiple: 4)).GetColumn<float[]>("Map").Single();

        CollectionAssert.AreEqual(new[] { 1 / 1.5f, 2 / 1.5f }, map);
    }

    [TestMethod]
    public void ReconstructImage_ModelThatGivesErrorsAndALatentColumn_SaysWhatToDo() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.GivingErrors())).Message,
        "Set LatentColumnName to null");

    private IDataView Score(IDataView data, ReconstructImageOptions options, byte[]? model = null) =>
        _ml.Transforms.ReconstructImage("Reconstruction", "Image", model ?? TestGraphs.Halving(), options)
            .Fit(data).Transform(data);

    private IDataView Rows(params MLImage?[] images) =>
        _ml.Data.LoadFromEnumerable(
            images.Select((image, index) => new TestImages.Row { Name = $"{index}", Image = image }).ToList());
}
