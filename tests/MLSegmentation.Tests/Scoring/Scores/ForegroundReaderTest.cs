namespace MLSegmentation.Tests;

[TestClass]
public sealed class ForegroundReaderTest
{
    private static readonly ScoreMeaning _logits = new(1, ScoreActivation.Sigmoid, AreInterpolatedFirst: true),
        _probabilities = ScoreMeaning.Probabilities(1);

    [TestMethod]
    [DataRow(24, 16, ImageSizing.Stretch, 12, 8, DisplayName = "enlarged")]
    [DataRow(31, 17, ImageSizing.Stretch, 12, 9, DisplayName = "not a whole factor")]
    [DataRow(40, 9, ImageSizing.Letterbox, 16, 16, DisplayName = "with padding")]
    [DataRow(40, 9, ImageSizing.Crop, 8, 8, DisplayName = "with a part that is not seen")]
    [DataRow(12, 8, ImageSizing.Native, 16, 8, DisplayName = "not resized")]
    [DataRow(6, 5, ImageSizing.Stretch, 16, 16, DisplayName = "made smaller")]
    public void Read_OneChannel_IsTwoWhoseFirstIsZero(
        int width, int height, ImageSizing sizing, int networkWidth, int networkHeight)
    {
        var geometry = ImageGeometry.For(width, height, sizing, networkWidth, networkHeight);
        foreach ((int rows, int columns) in new[] { (networkHeight, networkWidth), (networkHeight / 2, networkWidth / 2) })
        {
            float[] logits = NaiveScores.Smooth(new Random(width), 1, rows, columns);
            float[] both = [.. new float[logits.Length], .. logits];

            (uint[] mask, float[] confidence) = Read(new(logits, rows, columns, _logits), geometry);
            (uint[] expected, float[] probability) = Read(
                new(both, rows, columns, new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true)), geometry);

            CollectionAssert.AreEqual(expected, mask);
            for (int i = 0; i < mask.Length; i++) Assert.AreEqual(probability[i], confidence[i], 1e-5f, $"{i}");
        }
    }

    [TestMethod]
    public void Find_Probabilities_TieIsForeground()
    {
        float[] scores = [0, 0.25f, 0.5f, float.BitDecrement(0.5f), 0.75f, 1, float.NaN, 1.0000001f, -0.0000001f, 0.5f];

        (uint[] keys, float[] confidence) = Find(scores, _probabilities);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 2, 1, 2, 2, 0, 2, 1, 2 }, keys);
        CollectionAssert.AreEqual(
            new[] { 1, 0.75f, 0.5f, 1 - float.BitDecrement(0.5f), 0.75f, 1, 0, 1, 1, 0.5f }, confidence);
    }

    [TestMethod]
    public void Find_Logits_ZeroIsForeground()
    {
        float[] scores = [0, -0f, -1e-6f, 2, -2, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

        (uint[] keys, float[] confidence) = Find(scores, _logits);

        CollectionAssert.AreEqual(new uint[] { 2, 2, 1, 2, 1, 2, 1, 0 }, keys);
        float[] expected = [0.5f, 0.5f, 0.5f, 0.880797f, 0.880797f, 1, 1, 0];
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], confidence[i], 1e-6f, $"{i}");
    }

    [TestMethod]
    [DataRow(0.8f, 1, 2, DisplayName = "between the two")]
    [DataRow(0f, 2, 2, DisplayName = "least")]
    [DataRow(1f, 1, 1, DisplayName = "greatest")]
    public void Find_OtherThreshold_IsComparedAsAProbability(float threshold, int first, int second)
    {
        // The probabilities of these logits are 0.731 and 0.881.
        uint[] expected = [(uint)first, (uint)second];

        CollectionAssert.AreEqual(expected, Find([1, 2], _logits with { ForegroundThreshold = threshold }).Keys);
        CollectionAssert.AreEqual(
            expected, Find([0.731059f, 0.880797f], _probabilities with { ForegroundThreshold = threshold }).Keys);
    }

    [TestMethod]
    public void Read_Probabilities_AreInterpolatedBeforeTheyAreCompared()
    {
        // 1 and 0.2 give 1, 0.8, 0.4 and 0.2 at half-pixel centres.
        (uint[] mask, float[] confidence) = Read(
            new([1, 0.2f], 1, 2, _probabilities), ImageGeometry.For(4, 1, ImageSizing.Stretch, 2, 1));

        CollectionAssert.AreEqual(new uint[] { 2, 2, 1, 1 }, mask);
        float[] expected = [1, 0.8f, 0.6f, 0.8f];
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], confidence[i], 1e-6f, $"{i}");
    }

    private static (uint[] Mask, float[] Confidence) Read(ClassScores scores, ImageGeometry geometry)
    {
        uint[] mask = new uint[geometry.ImageWidth * geometry.ImageHeight], alone = [.. mask];
        var confidence = new float[mask.Length];
        ScoreReader.Read(scores, geometry, mask, confidence);
        ScoreReader.Read(scores, geometry, alone, []);
        CollectionAssert.AreEqual(mask, alone, "The mask depends on whether the confidence is read.");
        return (mask, confidence);
    }

    private static (uint[] Keys, float[] Confidence) Find(float[] scores, ScoreMeaning meaning)
    {
        var keys = new uint[scores.Length];
        var confidence = new float[scores.Length];
        ForegroundReader.Find(scores, meaning, keys, confidence);
        return (keys, confidence);
    }
}
