namespace MLSegmentation.Tests;

[TestClass]
public sealed class RunLengthsTest
{
    [TestMethod]
    public void Encode_WorkedExample_CountsDownTheColumns() =>
        CollectionAssert.AreEqual(new[] { 2, 1, 1, 2 }, RunLengths.Encode([0, 1, 1, 0, 0, 1], 3, 2, 1));

    [TestMethod]
    public void Encode_FirstPixelInside_BeginsWithNoneOutside()
    {
        CollectionAssert.AreEqual(new[] { 0, 4 }, RunLengths.Encode([1, 1, 1, 1], 2, 2, 1));
        CollectionAssert.AreEqual(new[] { 4 }, RunLengths.Encode([1, 1, 1, 1], 2, 2, 2));
    }

    [TestMethod]
    public void Decode_OfEncode_IsTheMask()
    {
        foreach (TestMask mask in RandomMasks.Small(300).Concat(RandomMasks.Shapes()))
        {
            var decoded = new uint[mask.Keys.Length];
            foreach (uint key in mask.Keys.Distinct())
            {
                RunLengths.Decode(
                    RunLengths.Encode(mask.Keys, mask.Width, mask.Height, key), decoded, mask.Width, mask.Height, key);
            }
            CollectionAssert.AreEqual(mask.Keys, decoded);
        }
    }

    [TestMethod]
    public void EncodeAll_AnyMask_IsEncodeOfEachKey()
    {
        foreach (TestMask mask in RandomMasks.Small(300).Concat(RandomMasks.Shapes()))
        {
            IReadOnlyDictionary<uint, IReadOnlyList<int>> all = RunLengths.EncodeAll(mask.Keys, mask.Width, mask.Height);

            CollectionAssert.AreEqual(mask.Keys.Distinct().Where(key => key > 0).Order().ToArray(), all.Keys.Order().ToArray());
            foreach ((uint key, IReadOnlyList<int> counts) in all)
            {
                CollectionAssert.AreEqual(
                    RunLengths.Encode(mask.Keys, mask.Width, mask.Height, key), counts.ToArray(), mask.ToString());
            }
        }
    }

    [TestMethod]
    public void Decode_CountsOfAnotherSize_AreRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => RunLengths.Decode([2, 1], new uint[4], 2, 2, 1));

        StringAssert.Contains(error.Message, "sum to 3, expected 2 * 2 = 4");
        Assert.ThrowsExactly<ArgumentException>(() => RunLengths.Decode([5, -1], new uint[4], 2, 2, 1));
    }
}
