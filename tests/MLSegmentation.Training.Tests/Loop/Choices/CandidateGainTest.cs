namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CandidateGainTest
{
    [TestMethod]
    public void Of_CandidateThatIsBetterOnEachImage_IsSure()
    {
        // Of 100 pixels of the class, all found, and so many more: an IoU of the class of 100 / (100 + more).
        ClassOverlaps[][] images = [.. Enumerable.Range(0, 12).Select(
            image => new[] { Found(wrong: 40 + image), Found(wrong: 20 + image), Found(wrong: 30 + image) })];

        CandidateGain gain = CandidateGain.Of(images, present: 2)!;

        Assert.AreEqual(1, gain.Best);
        Assert.AreEqual(MeanIoU(12 * 1000, 12 * 100, images.Length * 30 + 66), gain.Before, 1e-12);
        Assert.AreEqual(MeanIoU(12 * 1000, 12 * 100, images.Length * 20 + 66), gain.After, 1e-12);
        Assert.AreEqual(gain.After - gain.Before, gain.Gain, 0.005);
        Assert.IsTrue(gain.IsSure);
    }

    /// <summary>Candidates that differ by chance alone: the best of 20 looks better on the images it was chosen by.</summary>
    [TestMethod]
    public void Of_CandidatesOfNoWorth_IsHardlyEverSure()
    {
        (int sure, double after, double gain) = (0, 0, 0);
        for (int set = 0; set < 100; set++)
        {
            var random = new Random(set);
            ClassOverlaps[][] images = [.. Enumerable.Range(0, 12).Select(
                _ => Enumerable.Range(0, 20).Select(_ => Found(wrong: random.Next(20, 60))).ToArray())];
            CandidateGain found = CandidateGain.Of(images, present: 9)!;
            (sure, after, gain) = (sure + (found.IsSure ? 1 : 0), after + found.After - found.Before, gain + found.Gain);
        }

        Assert.IsLessThan(10, sure);
        Assert.IsGreaterThan(100 * 0.01, after, "the luck of the choice");
        Assert.IsLessThan(0.1 * after, gain, "is not in the gain");
    }

    [TestMethod]
    public void Of_EqualCandidates_KeepsThePresentOne()
    {
        ClassOverlaps[][] images = [.. Enumerable.Range(0, 5).Select(_ => new[] { Found(9), Found(9), Found(9) })];

        CandidateGain gain = CandidateGain.Of(images, present: 1)!;

        Assert.AreEqual(1, gain.Best);
        Assert.AreEqual(0, gain.Gain);
        Assert.IsFalse(gain.IsSure);
    }

    [TestMethod]
    public void Of_ThreeImages_IsUnknown() => Assert.IsNull(
        CandidateGain.Of([.. Enumerable.Range(0, 3).Select(_ => new[] { Found(50), Found(0) })], present: 0));

    [TestMethod]
    public void MeanIoU_OfAnyPixels_IsThatOfTheMetrics()
    {
        var random = new Random(3);
        var overlaps = new ClassOverlaps(4);
        var matrix = new PixelConfusionMatrix(4);
        for (int i = 0; i < 9; i++)
        {
            // The fourth class is nowhere.
            (int label, int prediction, int pixels) = (random.Next(3), random.Next(3), random.Next(1, 50));
            overlaps.Add(label, prediction, pixels);
            matrix.Add(
                Enumerable.Repeat((uint)label + 1, pixels).ToArray(), Enumerable.Repeat((uint)prediction + 1, pixels).ToArray());
        }

        Assert.AreEqual(new SegmentationMetrics(matrix, ["a", "b", "c", "d"]).MeanIoU, overlaps.MeanIoU, 1e-12);
    }

    [TestMethod]
    public void Move_PixelsOfARegion_IsAsIfTheyHadBeenPredictedSo()
    {
        (var moved, var expected) = (new ClassOverlaps(3), new ClassOverlaps(3));
        foreach (ClassOverlaps one in (ClassOverlaps[])[moved, expected]) one.Add(1, 1, 30);
        moved.Add(0, 2, 5);
        moved.Add(2, 2, 4);
        moved.Move(from: 2, to: 0, pixels: 9, rightBefore: 4, rightNow: 5);
        expected.Add(0, 0, 5);
        expected.Add(2, 0, 4);

        Assert.AreEqual(expected.MeanIoU, moved.MeanIoU, 1e-12);
    }

    private static ClassOverlaps Found(int wrong)
    {
        var overlaps = new ClassOverlaps(2);
        overlaps.Add(1, 1, 100);
        overlaps.Add(0, 1, wrong);
        overlaps.Add(0, 0, 1000 - wrong);
        return overlaps;
    }

    private static double MeanIoU(double background, double found, double wrong) =>
        ((background - wrong) / background + found / (found + wrong)) / 2;
}
