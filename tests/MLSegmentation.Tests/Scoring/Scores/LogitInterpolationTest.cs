namespace MLSegmentation.Tests;

/// <summary>Logits of models from elsewhere are interpolated as they are, and made probabilities afterwards.</summary>
[TestClass]
public sealed class LogitInterpolationTest
{
    private static readonly (int Height, int Width)[] _sizes = [(16, 16), (4, 4), (4, 8), (16, 5), (1, 1), (32, 20)];

    public static IEnumerable<(int Width, int Height, ImageSizing Sizing)> Images =>
        [(16, 16, ImageSizing.Stretch), (37, 23, ImageSizing.Stretch), (40, 9, ImageSizing.Letterbox), (30, 12, ImageSizing.Crop),
            (12, 10, ImageSizing.Native), (6, 40, ImageSizing.Stretch), (5, 7, ImageSizing.Stretch)];

    [TestMethod]
    [DynamicData(nameof(Images))]
    public void Read_LogitsOfAnySize_IsTheSoftmaxOfTheInterpolated(int width, int height, ImageSizing sizing)
    {
        var geometry = ImageGeometry.For(width, height, sizing, 16, 16);
        foreach (int classes in new[] { 2, 3, 9 })
        {
            Check(
                geometry, new ScoreMeaning(classes, ScoreActivation.Softmax, AreInterpolatedFirst: true),
                logits => (logits, NaiveScores.Softmax(logits)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Images))]
    public void Read_IndependentLogitsOfAnySize_IsTheSigmoidOfTheInterpolated(int width, int height, ImageSizing sizing) => Check(
        ImageGeometry.For(width, height, sizing, 16, 16),
        new ScoreMeaning(3, ScoreActivation.Sigmoid, AreInterpolatedFirst: true),
        logits => (logits, [.. logits.Select(NaiveScores.Sigmoid)]));

    [TestMethod]
    [DynamicData(nameof(Images))]
    public void Read_ProbabilitiesOfAnySize_AreInterpolated(int width, int height, ImageSizing sizing) => Check(
        ImageGeometry.For(width, height, sizing, 16, 16), ScoreMeaning.Probabilities(4),
        values => (values, [.. values.Select(value => Math.Max(value, 0))]));

    [TestMethod]
    public void Read_LogitsBetweenPixels_AreNotTheirProbabilities()
    {
        // Class 0 wins by 8 on the left, class 1 by 2 on the right. A quarter of the way from the right, class 0 has the logit 2
        // against 1.5; of the probabilities, it has 0.34 against 0.66.
        float[] logits = [8, 0, 0, 2];
        var geometry = ImageGeometry.For(4, 1, ImageSizing.Stretch, 2, 1);
        var meaning = new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 2 }, Read(logits, meaning, geometry).Mask);
        CollectionAssert.AreEqual(
            new uint[] { 1, 1, 2, 2 }, Read(logits, meaning with { AreInterpolatedFirst = false }, geometry).Mask);
    }

    [TestMethod]
    [DataRow(4, DisplayName = "not resized")]
    [DataRow(8, DisplayName = "enlarged")]
    [DataRow(2, DisplayName = "made smaller")]
    public void Read_LogitsThatAreNoNumbers_AreNoClass(int width)
    {
        float[] logits = [float.NaN, 1, float.PositiveInfinity, float.NaN, 3, float.PositiveInfinity, 1, 1];
        var meaning = new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true);

        (uint[] mask, float[] confidence) = Read(logits, meaning, ImageGeometry.For(width, 1, ImageSizing.Stretch, 4, 1));

        Assert.IsFalse(mask.AsSpan().ContainsAnyExcept(0u));
        Assert.IsFalse(confidence.AsSpan().ContainsAnyExcept(0f));
    }

    [TestMethod]
    public void Read_ClassThatIsMaskedOut_IsNeverBest()
    {
        float[] logits = [1, 1, float.NegativeInfinity, float.NegativeInfinity];
        var meaning = new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true);

        (uint[] mask, float[] confidence) = Read(logits, meaning, ImageGeometry.For(5, 1, ImageSizing.Stretch, 2, 1));

        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 1, 1 }, mask);
        foreach (float probability in confidence) Assert.AreEqual(1, probability, 1e-6f);
    }

    [TestMethod]
    [DataRow(6, 1, DisplayName = "one axis")]
    [DataRow(6, 9, DisplayName = "both axes")]
    public void Read_ClassThatIsMaskedOutWherePixelsMeetTheirSource_HasNoOddsThere(int width, int height)
    {
        // At three times the size, every third pixel is exactly one of the source's: nothing of its neighbour counts.
        float[] logits = [2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, .. Enumerable.Repeat(float.NegativeInfinity, 6)];
        var meaning = new ScoreMeaning(3, ScoreActivation.Softmax, AreInterpolatedFirst: true);
        var geometry = ImageGeometry.For(width, height, ImageSizing.Stretch, 2, 3);
        var mask = new uint[width * height];
        var confidence = new float[mask.Length];

        ScoreReader.Read(new(logits, 3, 2, meaning), geometry, mask, confidence);

        for (int i = 0; i < mask.Length; i++)
        {
            Assert.AreEqual(1u, mask[i], $"{i}");
            Assert.AreEqual(NaiveScores.Sigmoid(1), confidence[i], 1e-6, $"{i}");
        }
    }

    [TestMethod]
    public void Read_CoarserLogitsOfAClassThatIsMaskedOut_HaveTheOtherClass()
    {
        float[] logits = [2, 2, float.NegativeInfinity, float.NegativeInfinity];
        var meaning = new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true);
        var mask = new uint[6];
        var confidence = new float[6];

        ScoreReader.Read(
            new(logits, 1, 2, meaning), ImageGeometry.For(6, 1, ImageSizing.Stretch, 6, 1), mask, confidence);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 1, 1, 1 }, mask);
        foreach (float probability in confidence) Assert.AreEqual(1, probability, 1e-6f);
    }

    [TestMethod]
    public void Read_PixelsThatMaskOutEachOthersClass_HaveAConfidenceInBetween()
    {
        float[] logits = [1, float.NegativeInfinity, float.NegativeInfinity, 1];
        var meaning = new ScoreMeaning(2, ScoreActivation.Softmax, AreInterpolatedFirst: true);

        (_, float[] confidence) = Read(logits, meaning, ImageGeometry.For(8, 1, ImageSizing.Stretch, 2, 1));

        foreach (float probability in confidence) Assert.IsTrue(probability is >= 0 and <= 1, $"{probability}");
    }

    [TestMethod]
    public void Read_ForegroundWithoutAnyOddsWherePixelsMeetTheirSource_IsBackground()
    {
        var meaning = new ScoreMeaning(1, ScoreActivation.Sigmoid, AreInterpolatedFirst: true);

        (uint[] mask, _) = Read(
            [float.NegativeInfinity, float.NegativeInfinity], meaning, ImageGeometry.For(6, 1, ImageSizing.Stretch, 2, 1));

        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 1, 1, 1 }, mask);
    }

    private static void Check(
        ImageGeometry geometry, ScoreMeaning meaning, Func<double[], (double[] Compared, double[] Confidences)> expected)
    {
        foreach ((int height, int width) in _sizes)
        {
            float[] scores = NaiveScores.Smooth(new Random(height + width), meaning.Planes, height, width);
            uint[] mask = new uint[geometry.ImageWidth * geometry.ImageHeight], alone = [.. mask];
            var confidence = new float[mask.Length];
            ScoreReader.Read(new(scores, height, width, meaning), geometry, mask, confidence);
            ScoreReader.Read(new(scores, height, width, meaning), geometry, alone, []);

            CollectionAssert.AreEqual(mask, alone, "The mask depends on whether the confidence is read.");
            for (int y = 0; y < geometry.PartHeight; y++)
            {
                for (int x = 0; x < geometry.PartWidth; x++)
                {
                    (double[] compared, double[] confidences) =
                        expected(NaiveScores.At(scores, height, width, geometry, x, y));
                    int at = ((geometry.PartTop + y) * geometry.ImageWidth) + geometry.PartLeft + x;
                    string where = $"({x}, {y}) of {width}×{height}, key {mask[at]}";
                    Assert.AreEqual(compared.Max(), compared[mask[at] - 1], 1e-4, where);
                    Assert.AreEqual(confidences[mask[at] - 1], confidence[at], 1e-4, where);
                }
            }
        }
    }

    private static (uint[] Mask, float[] Confidence) Read(float[] scores, ScoreMeaning meaning, ImageGeometry geometry)
    {
        var mask = new uint[geometry.ImageWidth];
        var confidence = new float[geometry.ImageWidth];
        ScoreReader.Read(new(scores, 1, geometry.TensorWidth, meaning), geometry, mask, confidence);
        return (mask, confidence);
    }
}
