using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Autoencoders and classifiers in any form give what those on planes of floats give.</summary>
[TestClass]
public sealed class ForeignFormTest
{
    private readonly MLContext _ml = new(1);

    private static IEnumerable<object[]> Forms =>
        from type in new[] { OnnxElementType.Float, OnnxElementType.Float16, OnnxElementType.UInt8 }
        from layout in Enum.GetValues<TensorLayout>()
        from batch in new[] { -1, 1, 3 }
        select new object[] { type, layout.ToString(), batch };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Reconstruct_HalvingAutoencoder_IsAsWorkedByHand(OnnxElementType type, string layout, int batch)
    {
        OnnxDimension images = batch < 0 ? "n" : batch;
        byte[] model = InputGraphs.Multiplying(0.5f, type, Enum.Parse<TensorLayout>(layout), 3, images);

        // As in ReconstructImageTransformerTest.
        Reconstruction result = Reconstruct(model, ImagePreparation.AsIs, [100, 0, 50, 200, 0, 50]);

        CollectionAssert.AreEqual(new byte[] { 50, 0, 25, 255, 100, 0, 25, 255 }, result.Pixels);
        Assert.AreEqual((50.0 * 50 + 25 * 25 + 100 * 100 + 25 * 25) / (255.0 * 255 * 6), result.Error, 1e-7);
        CollectionAssert.AreEqual(new float[] { 150, 0, 50 }, result.Latent);
    }

    [TestMethod]
    [DynamicData(nameof(Preparations))]
    public void Reconstruct_ModelOfPreparedPixels_IsComparedAndDrawnAsPixels(string name)
    {
        byte[] same = InputGraphs.Multiplying(1, OnnxElementType.Float, TensorLayout.ChannelsFirst, 3, "n");

        Reconstruction result = Reconstruct(same, ImagePreparation.Parse(name), [100, 0, 50, 200, 255, 7]);

        CollectionAssert.AreEqual(new byte[] { 100, 0, 50, 255, 200, 255, 7, 255 }, result.Pixels);
        Assert.AreEqual(0, result.Error, 1e-9);
    }

    [TestMethod]
    public void Reconstruct_PixelsOfZeroToOne_HaveTheErrorsOfPixels()
    {
        byte[] half = InputGraphs.Multiplying(0.5f, OnnxElementType.Float, TensorLayout.ChannelsLast, 3, "n");

        Reconstruction result = Reconstruct(half, ImagePreparation.ZeroToOne, [100, 0, 50, 200, 0, 50]);

        CollectionAssert.AreEqual(new byte[] { 50, 0, 25, 255, 100, 0, 25, 255 }, result.Pixels);
        Assert.AreEqual((50.0 * 50 + 25 * 25 + 100 * 100 + 25 * 25) / (255.0 * 255 * 6), result.Error, 1e-7);
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Classify_EachForm_IsTheLargestMean(OnnxElementType type, string layout, int batch)
    {
        // The means are the scores: 3, 2 and 4.
        byte[] model = InputGraphs.Multiplying(1, type, Enum.Parse<TensorLayout>(layout), 3, batch < 0 ? "n" : batch);
        IDataView data = _ml.Data.LoadFromEnumerable(
            (TestImages.Row[])[new() { Image = TestImages.Image(2, 1, [3, 0, 4, 3, 4, 4]) }]);
        using ClassifyImageTransformer classifier = _ml.Transforms.ClassifyImage(
            "Class", "Image", model, new() { Preparation = ImagePreparation.AsIs }).Fit(data);

        IDataView scored = classifier.Transform(data);

        Assert.AreEqual(3u, scored.GetColumn<uint>("Class").Single());
        double sum = Math.Exp(3) + Math.Exp(2) + Math.Exp(4);
        float[] scores = scored.GetColumn<float[]>("Score").Single();
        double[] expected = [Math.Exp(3) / sum, Math.Exp(2) / sum, Math.Exp(4) / sum];
        for (int i = 0; i < 3; i++) Assert.AreEqual(expected[i], scores[i], 1e-6);
    }

    [TestMethod]
    public void Reconstruct_AnswersOfRoundedSizes_ArePaddedToTheMultiple()
    {
        // 8 pixels a side become one and 8 again, so that 13×9 pixels are answered as 8×8 where they are not padded.
        var graph = new OnnxGraphBuilder("rounding");
        string image = graph.Input("x", OnnxElementType.Float, "n", 3, "h", "w");
        string pooled = graph.Node(
            "AveragePool", [image], ("kernel_shape", new long[] { 8, 8 }), ("strides", new long[] { 8, 8 }));
        string large = graph.Node("Resize", [pooled, "", graph.Initializer("scales", [4], [1f, 1, 8, 8])]);
        graph.Output("y", large, OnnxElementType.Float, "n", 3, "height", "width");
        byte[] rgb = [.. Enumerable.Repeat((byte)90, 3 * 13 * 9)];
        IDataView data = _ml.Data.LoadFromEnumerable((TestImages.Row[])[new() { Image = TestImages.Image(13, 9, rgb) }]);
        using ReconstructImageTransformer model = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", graph.ToModel(new Dictionary<string, string>()),
            new() { Preparation = ImagePreparation.AsIs, LatentColumnName = null }).Fit(data);

        IDataView scored = model.Transform(data);

        using MLImage reconstruction = scored.GetColumn<MLImage>("Reconstruction").Single();
        Assert.AreEqual((13, 9), (reconstruction.Width, reconstruction.Height));
        Assert.AreEqual(0, scored.GetColumn<float>("ReconstructionError").Single(), 1e-9);
    }

    private static IEnumerable<object[]> Preparations =>
        PreparationText.Presets.Keys.Select(name => new object[] { name });

    private Reconstruction Reconstruct(byte[] model, ImagePreparation preparation, byte[] rgb)
    {
        IDataView data = _ml.Data.LoadFromEnumerable((TestImages.Row[])[new() { Image = TestImages.Image(2, 1, rgb) }]);
        using ReconstructImageTransformer autoencoder = _ml.Transforms.ReconstructImage(
            "Reconstruction", "Image", model, new() { Preparation = preparation }).Fit(data);
        IDataView scored = autoencoder.Transform(data);
        using MLImage image = scored.GetColumn<MLImage>("Reconstruction").Single();
        return new Reconstruction(
            image.Pixels.ToArray(), scored.GetColumn<float>("ReconstructionError").Single(),
            scored.GetColumn<float[]>("Latent").Single());
    }

    private sealed record Reconstruction(byte[] Pixels, float Error, float[] Latent);
}
