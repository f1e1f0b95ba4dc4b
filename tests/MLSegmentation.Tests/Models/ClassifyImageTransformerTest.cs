using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ClassifyImageTransformerTest
{
    private readonly MLContext _ml = new(1);

    /// <summary>Mean red 32, green 0, blue 64: logits 1, 0 and 2, probabilities e/s, 1/s and e²/s with s = e + 1 + e².</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Columns_OfBrightestMean_AreAsWorkedByHand(bool isForeign)
    {
        IDataView data = Rows(TestImages.Image(2, 1, [64, 0, 64, 0, 0, 64]));
        using ClassifyImageTransformer model = Classify(
            TestGraphs.BrightestMean(isForeign), new() { Preparation = ImagePreparation.AsIs }).Fit(data);

        IDataView scored = model.Transform(data);

        Assert.AreEqual(3u, scored.GetColumn<uint>("PredictedLabel").Single());
        double sum = Math.E + 1 + (Math.E * Math.E);
        float[] expected = [(float)(Math.E / sum), (float)(1 / sum), (float)(Math.E * Math.E / sum)],
            scores = scored.GetColumn<float[]>("Score").Single();
        for (int i = 0; i < 3; i++) Assert.AreEqual(expected[i], scores[i], 1e-6f);
        string[] names = isForeign ? ["0", "1", "2"] : ["reddish", "greenish", "bluish"];
        CollectionAssert.AreEqual(names, model.Options.ClassNames!.ToArray());
        CollectionAssert.AreEqual(
            names, Names((ref VBuffer<ReadOnlyMemory<char>> values) => scored.Schema["PredictedLabel"].GetKeyValues(ref values)));
        CollectionAssert.AreEqual(
            names, Names((ref VBuffer<ReadOnlyMemory<char>> values) => scored.Schema["Score"].GetSlotNames(ref values)));
    }

    [TestMethod]
    public void Columns_ScoreLeftOut_AreThoseOfTheClassOnly()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using ClassifyImageTransformer model = Classify(TestGraphs.BrightestMean(), new() { ScoreColumnName = null }).Fit(data);

        CollectionAssert.AreEqual(
            new[] { "Name", "Image", "PredictedLabel" }, model.Transform(data).Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void Columns_OfOneRow_ShareOneRun()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1), TestImages.Image(5, 4, 2));
        using ClassifyImageTransformer model = Classify(TestGraphs.BrightestMean()).Fit(data);
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
        ClassifyImageTransformer model = Classify(TestGraphs.BrightestMean()).Fit(data);
        IDataView scored = model.Transform(data);
        model.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => scored.GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void ClassifyImage_SegmentationModel_SaysThatItDoesNotClassify() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => Classify(TestGraphs.BrightestChannel())).Message, "does not classify");

    [TestMethod]
    public void ClassifyImage_Autoencoder_IsNotTakenForAClassifierByItsCode() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => Classify(TestGraphs.Halving())).Message, "the task 'reconstruction'");

    [TestMethod]
    public void ClassifyImage_OtherNumberOfNames_NamesBoth() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(
            () => Classify(TestGraphs.BrightestMean(), new() { ClassNames = ["a", "b"] })).Message,
        "2 class names (a, b), but the model has 3 classes");

    [TestMethod]
    public void SegmentImage_Classifier_SaysThatItDoesNotSegment() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestMean())).Message, "does not segment");

    private static string[] Names(ValueGetter<VBuffer<ReadOnlyMemory<char>>> get)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        get(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private ClassifyImageEstimator Classify(byte[] model, ClassifyImageOptions? options = null) =>
        _ml.Transforms.ClassifyImage("PredictedLabel", "Image", model, options);

    private IDataView Rows(params MLImage?[] images) =>
        _ml.Data.LoadFromEnumerable(
            images.Select((image, index) => new TestImages.Row { Name = $"{index}", Image = image }).ToList());
}
