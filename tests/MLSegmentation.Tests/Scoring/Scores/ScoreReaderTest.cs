namespace MLSegmentation.Tests;

[TestClass]
public sealed class ScoreReaderTest
{
    [TestMethod]
    [DataRow(24, 16, ImageSizing.Stretch, 12, 8, DisplayName = "twice as large")]
    [DataRow(31, 17, ImageSizing.Stretch, 12, 9, DisplayName = "not a whole factor")]
    [DataRow(40, 9, ImageSizing.Letterbox, 16, 16, DisplayName = "with padding")]
    [DataRow(40, 9, ImageSizing.Crop, 8, 8, DisplayName = "with a part that is not seen")]
    [DataRow(12, 8, ImageSizing.Native, 16, 8, DisplayName = "not resized")]
    [DataRow(5, 30, ImageSizing.Stretch, 8, 16, DisplayName = "narrower and taller")]
    [DataRow(6, 5, ImageSizing.Stretch, 16, 16, DisplayName = "smaller")]
    [DataRow(1, 1, ImageSizing.Stretch, 4, 4, DisplayName = "one pixel")]
    public void Read_RandomScores_IsTheBestOfEachInterpolatedPixel(
        int width, int height, ImageSizing sizing, int networkWidth, int networkHeight)
    {
        var random = new Random(width * height);
        foreach (int classes in new[] { 2, 3, 9, 21 })
        {
            var geometry = ImageGeometry.For(width, height, sizing, networkWidth, networkHeight);
            float[] scores = Smooth(random, classes, networkWidth, networkHeight),
                planes = new float[classes * geometry.PartWidth * geometry.PartHeight];
            ImageTensor.Restore(scores, geometry, classes, planes);

            Check(new(scores, networkHeight, networkWidth, ScoreMeaning.Probabilities(classes)), geometry, planes);
            Check(
                new(Logits(random, scores, networkWidth * networkHeight), networkHeight, networkWidth, OwnLogits(classes)),
                geometry, planes);
        }
    }

    [TestMethod]
    [DataRow(4, DisplayName = "not resized")]
    [DataRow(8, DisplayName = "enlarged")]
    public void Read_LogitsThatAreNoNumbers_AreNoClass(int width)
    {
        // Not a number, infinite, nothing but minus infinity, and a pixel where that is one of the logits.
        const float None = float.NegativeInfinity;
        float[] logits = [float.NaN, 1, None, 2, 3, float.PositiveInfinity, None, None];
        var mask = new uint[width];
        var confidence = new float[width];

        ScoreReader.Read(
            new(logits, 1, 4, OwnLogits(2)), ImageGeometry.For(width, 1, ImageSizing.Stretch, 4, 1), mask, confidence);

        Assert.IsFalse(mask.AsSpan(0, width - (width / 4)).ContainsAnyExcept(0u));
        Assert.IsFalse(confidence.AsSpan(0, width - (width / 4)).ContainsAnyExcept(0f));
        Assert.AreEqual((1u, 1f), (mask[^1], confidence[^1]));
    }

    [TestMethod]
    public void Read_ClassThatIsBestBetweenPixelsOnly_IsFound()
    {
        // The classes 0 and 1 are certain at either end; class 2 is second everywhere, and best in the middle.
        float[] scores = [0.55f, 0f, 0f, 0.55f, 0.45f, 0.45f];
        var geometry = ImageGeometry.For(6, 1, ImageSizing.Stretch, 2, 1);
        var mask = new uint[6];

        ScoreReader.Read(new(scores, 1, 2, ScoreMeaning.Probabilities(3)), geometry, mask, []);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 3, 3, 2, 2 }, mask);
    }

    [TestMethod]
    public void Read_EqualScores_GiveTheFirstClass()
    {
        var mask = new uint[12];

        ScoreReader.Read(new(Enumerable.Repeat(0.5f, 2 * 4).ToArray(), 2, 2, ScoreMeaning.Probabilities(2)),
            ImageGeometry.For(4, 3, ImageSizing.Stretch, 2, 2), mask, []);

        CollectionAssert.AreEqual(Enumerable.Repeat(1u, 12).ToArray(), mask);
    }

    [TestMethod]
    public void Read_NoNumber_IsNoClass()
    {
        var mask = new uint[4];
        var confidence = new float[4];

        ScoreReader.Read(new([float.NaN, 0.2f, float.NaN, 0.8f], 1, 2, ScoreMeaning.Probabilities(2)),
            ImageGeometry.For(4, 1, ImageSizing.Stretch, 2, 1), mask, confidence);

        Assert.AreEqual(0u, mask[0]);
        Assert.AreEqual(0f, confidence[0]);
        Assert.AreEqual(2u, mask[3]);
    }

    /// <summary>What a graph of this project gives without its softmax.</summary>
    private static ScoreMeaning OwnLogits(int classes) => new(classes, ScoreActivation.Softmax, AreInterpolatedFirst: false);

    private static void Check(ClassScores scores, ImageGeometry geometry, float[] planes)
    {
        (int width, int height) = (geometry.ImageWidth, geometry.ImageHeight);
        uint[] mask = new uint[width * height], alone = new uint[width * height];
        var confidence = new float[width * height];

        ScoreReader.Read(scores, geometry, mask, confidence);
        ScoreReader.Read(scores, geometry, alone, []);

        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                CheckPixel(planes, scores.Planes, geometry, x, y, mask[y * width + x], confidence[y * width + x]);
        }
        CollectionAssert.AreEqual(mask, alone, "The mask depends on whether the confidence is read.");
    }

    /// <summary>Logits of the probabilities: the same number may be added to those of a pixel.</summary>
    private static float[] Logits(Random random, float[] probabilities, int pixels)
    {
        float[] added = [.. Enumerable.Range(0, pixels).Select(_ => 200 * (float)random.NextDouble() - 100)];
        return [.. probabilities.Select((probability, i) => MathF.Log(probability) + added[i % pixels])];
    }

    private static void CheckPixel(float[] planes, int classes, ImageGeometry geometry, int x, int y, uint key, float confidence)
    {
        int left = x - geometry.PartLeft, top = y - geometry.PartTop;
        if (left < 0 || top < 0 || left >= geometry.PartWidth || top >= geometry.PartHeight)
        {
            Assert.AreEqual((0u, 0f), (key, confidence), $"({x}, {y}) is not seen.");
            return;
        }
        int area = geometry.PartWidth * geometry.PartHeight, at = top * geometry.PartWidth + left;
        float best = Enumerable.Range(0, classes).Max(index => planes[index * area + at]);
        Assert.AreEqual(best, confidence, 1e-5f, $"({x}, {y})");

        // Two classes that differ by no more than the rounding of another order of sums may change places.
        Assert.AreEqual(best, planes[(key - 1) * area + at], 1e-5f, $"({x}, {y}) has key {key}.");
    }

    /// <summary>Probabilities with areas as masks have them: every class is best somewhere, and borders are few.</summary>
    private static float[] Smooth(Random random, int classes, int width, int height)
    {
        var scores = new float[classes * width * height];
        double[] phase = [.. Enumerable.Range(0, 2 * classes).Select(_ => random.NextDouble() * 6)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double[] odds = [.. Enumerable.Range(0, classes)
                    .Select(k => Math.Exp(2 * Math.Sin(x * 0.7 + phase[2 * k]) + 2 * Math.Sin(y * 0.9 + phase[2 * k + 1])))];
                for (int k = 0; k < classes; k++) scores[(k * height + y) * width + x] = (float)(odds[k] / odds.Sum());
            }
        }
        return scores;
    }
}
