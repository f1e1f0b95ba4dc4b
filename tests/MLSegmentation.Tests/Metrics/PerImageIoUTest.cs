namespace MLSegmentation.Tests;

[TestClass]
public sealed class PerImageIoUTest
{
    private const double Tolerance = 1e-12;

    [TestMethod]
    public void Mean_OfTwoImages_IsAsWorkedByHand()
    {
        var images = new PerImageIoU();
        // a: 1 of 1, b: 1 of 1 right, one pixel of b missed: IoU 1 and 1/2.
        images.Add(Count([1, 2, 2], [1, 2, 0]));
        // a alone: 1 of 4.
        images.Add(Count([1, 1, 1, 1], [1, 0, 0, 0]));
        images.Add(Count([0, 0], [1, 2]));
        Assert.AreEqual(2, images.Images);
        Assert.AreEqual((0.75 + 0.25) / 2, images.Mean!.Value, Tolerance);
    }

    [TestMethod]
    public void Bootstrap_OfOneImage_IsItsMeanIoU()
    {
        var images = new PerImageIoU();
        images.Add(WorkedExample.Count());
        ConfidenceInterval interval = images.Bootstrap();
        Assert.AreEqual(62.0 / 105, interval.Lower, Tolerance);
        Assert.AreEqual(62.0 / 105, interval.Upper, Tolerance);
    }

    [TestMethod]
    public void Bootstrap_OfRandomImages_IsThatOfWholeMatricesMerged()
    {
        const int Resamples = 200, Seed = 5;
        PixelConfusionMatrix[] matrices = RandomImages(12);
        var images = new PerImageIoU();
        foreach (PixelConfusionMatrix matrix in matrices) images.Add(matrix);

        var random = new Random(Seed);
        var means = new List<double>();
        for (int resample = 0; resample < Resamples; resample++)
        {
            var sum = new PixelConfusionMatrix(4);
            for (int draw = 0; draw < matrices.Length; draw++) sum.Merge(matrices[random.Next(matrices.Length)]);
            means.Add(new SegmentationMetrics(sum, ["a", "b", "c", "d"]).MeanIoU);
        }
        means.Sort();
        // 0.025 · 199 = 4.975 and 0.975 · 199 = 194.025.
        ConfidenceInterval interval = images.Bootstrap(Resamples, Seed);
        Assert.AreEqual(means[4] + (0.975 * (means[5] - means[4])), interval.Lower, Tolerance);
        Assert.AreEqual(means[194] + (0.025 * (means[195] - means[194])), interval.Upper, Tolerance);
    }

    [TestMethod]
    public void Bootstrap_OfASeed_IsRepeatableAndHoldsTheMeanIoU()
    {
        PixelConfusionMatrix[] matrices = RandomImages(40);
        var images = new PerImageIoU();
        var all = new PixelConfusionMatrix(4);
        foreach (PixelConfusionMatrix matrix in matrices)
        {
            images.Add(matrix);
            all.Merge(matrix);
        }
        ConfidenceInterval interval = images.Bootstrap(seed: 8);
        Assert.AreEqual(interval, images.Bootstrap(seed: 8));
        Assert.AreNotEqual(interval, images.Bootstrap(seed: 9));
        double mean = new SegmentationMetrics(all, ["a", "b", "c", "d"]).MeanIoU;
        Assert.IsInRange(interval.Lower, interval.Upper, mean);
    }

    [TestMethod]
    public void Bootstrap_WithoutImages_SaysSo() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => new PerImageIoU().Bootstrap()).Message, "no image");

    [TestMethod]
    public void Add_OfOtherClasses_Throws()
    {
        var images = new PerImageIoU();
        images.Add(new PixelConfusionMatrix(2));
        Assert.ThrowsExactly<ArgumentException>(() => images.Add(new PixelConfusionMatrix(3)));
    }

    private static PixelConfusionMatrix[] RandomImages(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            uint[] labels = RandomMask.Draw(random, 12, 9, 4);
            return Count(labels, [.. labels.Select(key => random.Next(3) == 0 ? (uint)random.Next(5) : key)], 4);
        })];
    }

    private static PixelConfusionMatrix Count(uint[] labels, uint[] predictions, int classes = 2)
    {
        var matrix = new PixelConfusionMatrix(classes);
        matrix.Add(labels, predictions);
        return matrix;
    }
}
