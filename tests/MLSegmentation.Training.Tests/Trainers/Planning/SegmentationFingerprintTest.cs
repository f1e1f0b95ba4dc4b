namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationFingerprintTest
{
    /// <summary>100 million pixels are 8 images of 12 megapixels, and 8 is the least; small ones are 256 at most.</summary>
    [TestMethod]
    [DataRow(256, 12_000_000, 8, 9)]
    [DataRow(1000, 50_000_000, 8, 8)]
    [DataRow(1000, 100, 256, 256)]
    [DataRow(60, 100, 60, 60, DisplayName = "all are looked at")]
    public void Gap_RowsOfOneSize_AreLookedAtFromFirstToLast(int rows, int pixels, int least, int most)
    {
        var looked = new List<int>();
        double next = 0;
        for (int row = 0; row < rows; row++)
        {
            if (row < (long)next) continue;
            looked.Add(row);
            next += SegmentationFingerprint.Gap(rows - row - 1, looked.Count, (long)looked.Count * pixels);
        }

        Assert.IsTrue(looked.Count >= least && looked.Count <= most, $"{looked.Count}");
        double part = (double)rows / looked.Count;
        Assert.IsGreaterThanOrEqualTo(rows - 2 * part, looked[^1]);
        Assert.IsTrue(looked.Zip(looked.Skip(1), (one, other) => other - one).All(gap => gap <= 2 * part + 1));
    }
}
