namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class EqualSizesTest
{
    [TestMethod]
    public void Batches_OfTwoSizes_HoldEverySampleOnce()
    {
        int[] widths = [1, 2, 1, 1, 2, 1, 1];

        TrainingBatch[] batches = [.. EqualSizes.Batches(Samples(widths), most: 3)];

        CollectionAssert.AreEqual(new[] { 1, 2, 1 }, batches.Select(batch => batch.Width).ToArray());
        CollectionAssert.AreEqual(
            new byte[] { 0, 2, 3, 1, 4, 5, 6 }, batches.SelectMany(batch => Numbers(batch)).ToArray());
    }

    [TestMethod]
    public void Batches_EverySizeAnother_LetsOnlySoManyWait()
    {
        int read = 0, waiting = 0;
        var samples = Samples([.. Enumerable.Range(1, 50)]).Select(sample =>
        {
            read++;
            return sample;
        });
        var seen = new List<byte>();
        foreach (TrainingBatch batch in EqualSizes.Batches(samples, most: 2))
        {
            waiting = Math.Max(waiting, read - seen.Count);
            seen.AddRange(Numbers(batch));
        }

        Assert.AreEqual(8, waiting);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 50).Select(i => (byte)i).ToArray(), seen);
    }

    /// <summary>Samples whose every pixel is their number.</summary>
    private static IEnumerable<TrainingSample> Samples(int[] widths) => widths.Select(
        (width, i) => new TrainingSample(width, 1, [.. Enumerable.Repeat((byte)i, width)], new byte[width]));

    private static IEnumerable<byte> Numbers(TrainingBatch batch) =>
        Enumerable.Range(0, batch.Count).Select(i => batch.Images.Span[i * batch.Width]);
}
