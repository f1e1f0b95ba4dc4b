namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelReaderTest
{
    [TestMethod]
    public void OfIntegers_OutOfRange_IsNoClass()
    {
        var keys = new uint[4];

        LabelKeys.OfIntegers<long>([-1, 0, 2, 3], 3, keys);
        CollectionAssert.AreEqual(new uint[] { 0, 1, 3, 0 }, keys);

        LabelKeys.OfIntegers<long>([long.MinValue, long.MaxValue, 1L << 32, 255], 256, keys);
        CollectionAssert.AreEqual(new uint[] { 0, 0, 0, 256 }, keys);

        LabelKeys.OfIntegers<sbyte>([-128, -1, 127, 1], 3, keys);
        CollectionAssert.AreEqual(new uint[] { 0, 0, 0, 2 }, keys);

        LabelKeys.OfIntegers<byte>([255, 254, 0, 1], 255, keys);
        CollectionAssert.AreEqual(new uint[] { 0, 255, 1, 2 }, keys);
    }

    [TestMethod]
    public void OfNumbers_NotANumberOrOutOfRange_IsNoClass()
    {
        var keys = new uint[8];

        LabelKeys.OfNumbers<float>([0, 1, 1.9999f, -0.4f, -1, 3, float.NaN, float.PositiveInfinity], 3, keys);
        CollectionAssert.AreEqual(new uint[] { 1, 2, 3, 1, 0, 0, 0, 0 }, keys);

        LabelKeys.OfNumbers<Half>([(Half)2, Half.NaN, (Half)0, (Half)(-1), (Half)1, Half.MaxValue, (Half)2, (Half)3], 3, keys);
        CollectionAssert.AreEqual(new uint[] { 3, 0, 1, 0, 2, 0, 3, 0 }, keys);
    }

    [TestMethod]
    public void Read_Enlarged_TakesTheNearest()
    {
        // Position i of 5 takes floor((i + 0.5) · 2 / 5).
        var mask = new uint[10];

        LabelReader.Read([1, 2], 1, 2, ImageGeometry.For(5, 2, ImageSizing.Stretch, 2, 1), mask);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 2, 2, 2, 1, 1, 2, 2, 2 }, mask);
    }

    [TestMethod]
    [DataRow(9, 7, ImageSizing.Native, DisplayName = "padded")]
    [DataRow(40, 20, ImageSizing.Letterbox, DisplayName = "enlarged")]
    [DataRow(30, 12, ImageSizing.Crop, DisplayName = "with a part that is not seen")]
    [DataRow(5, 3, ImageSizing.Stretch, DisplayName = "made smaller")]
    public void Read_AnyGeometry_TakesAPixelOfTheTensor(int width, int height, ImageSizing sizing)
    {
        var geometry = ImageGeometry.For(width, height, sizing, 16, 16);
        uint[] keys = [.. Enumerable.Range(1, 8 * 16).Select(i => (uint)i)], mask = new uint[width * height];

        LabelReader.Read(keys, 8, 16, geometry, mask);

        for (int y = 0; y < geometry.PartHeight; y++)
        {
            for (int x = 0; x < geometry.PartWidth; x++)
            {
                // The labels have half the tensor's height.
                int row = (int)((y + 0.5) * geometry.ScaledHeight / geometry.PartHeight) / 2,
                    column = (int)((x + 0.5) * geometry.ScaledWidth / geometry.PartWidth);
                Assert.AreEqual(
                    keys[(row * 16) + column], mask[((geometry.PartTop + y) * width) + geometry.PartLeft + x], $"({x}, {y})");
            }
        }
    }

    [TestMethod]
    public void Vote_EachKey_IsOneForItsClass()
    {
        var votes = new float[6];

        LabelReader.Vote([2, 0, 1], votes);

        CollectionAssert.AreEqual(new float[] { 0, 0, 1, 1, 0, 0 }, votes);
    }

    [TestMethod]
    public void ReadVotes_Enlarged_TakesTheNearest()
    {
        // Mixed, the votes would be equal in the middle, and the first class would win.
        var mask = new uint[5];

        ScoreReader.Read(
            new([1, 0, 0, 1], 1, 2, ScoreMeaning.Probabilities(2) with { AreVotes = true }),
            ImageGeometry.For(5, 1, ImageSizing.Stretch, 2, 1), mask, []);

        CollectionAssert.AreEqual(new uint[] { 1, 1, 2, 2, 2 }, mask);
    }

    [TestMethod]
    public void ReadVotes_WithoutAny_AreNoClass()
    {
        var mask = new uint[3];

        ScoreReader.Read(
            new([0, 0, 0.5f, 0, 0.25f, 0.5f], 1, 3, ScoreMeaning.Probabilities(2) with { AreVotes = true }),
            ImageGeometry.For(3, 1, ImageSizing.Native, 3, 1), mask, []);

        CollectionAssert.AreEqual(new uint[] { 0, 2, 1 }, mask);
    }
}
