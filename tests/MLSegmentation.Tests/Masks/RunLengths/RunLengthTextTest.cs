namespace MLSegmentation.Tests;

[TestClass]
public sealed class RunLengthTextTest
{
    /// <summary>
    /// By hand: 6 is below 16, so one group, 48 + 6 = '6'. 40 = 1 * 32 + 8 gives the groups 8 + 32 and 1: 'X' and '1'. The fourth
    /// count 1 is written as 1 - 40 = -39 = -2 * 32 + 25: 25 + 32 is 'i', then -2 as 30 is 'N'.
    /// </summary>
    [TestMethod]
    [DataRow(new[] { 2, 1, 1, 2 }, "2111")]
    [DataRow(new[] { 6, 40, 5, 1 }, "6X15iN")]
    [DataRow(new[] { 0, 16 }, "0`0")]
    [DataRow(new int[0], "")]
    public void Compress_WorkedExamples_AndBack(int[] counts, string text)
    {
        Assert.AreEqual(text, RunLengthText.Compress(counts));
        CollectionAssert.AreEqual(counts, RunLengthText.Decompress(text));
    }

    [TestMethod]
    public void Decompress_OfCompress_IsTheCounts()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            int[] counts = [.. Enumerable.Range(0, random.Next(12)).Select(_ => (int)random.NextInt64(1L << random.Next(1, 32)))];
            CollectionAssert.AreEqual(counts, RunLengthText.Decompress(RunLengthText.Compress(counts)));
        }
        int[] largest = [int.MaxValue, 0, 0, int.MaxValue, int.MaxValue, 0, 0];
        CollectionAssert.AreEqual(largest, RunLengthText.Decompress(RunLengthText.Compress(largest)));
    }

    [TestMethod]
    [DataRow("2 11", "place 1")]
    [DataRow("X", "cut off")]
    [DataRow("iN", "count -39 at place 0")]
    [DataRow("ooooooooooooooo0", "no number")]
    public void Decompress_Damaged_SaysWhere(string text, string expected) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => RunLengthText.Decompress(text)).Message, expected);

    [TestMethod]
    public void Compress_NegativeCount_IsRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => RunLengthText.Compress([1, -1]));
}
