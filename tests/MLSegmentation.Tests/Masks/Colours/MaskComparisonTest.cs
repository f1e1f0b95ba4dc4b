namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskComparisonTest
{
    // Class 0 is the background, class 1 dark red.
    private static readonly Rgb[] _palette = [new(0, 0, 0), new(128, 0, 0)];

    /// <summary>A lone pixel of a class is all outline: dark red halfway to white is (192, 128, 128).</summary>
    [TestMethod]
    public void Draw_TwoPixels_ShowsImageLabelAndPrediction()
    {
        MaskComparison picture = MaskComparison.Draw([10, 20, 30, 40, 50, 60], 2, 1, label: [2, 1], prediction: [0, 2], _palette);

        Assert.AreEqual((6, 1), (picture.Width, picture.Height));
        CollectionAssert.AreEqual(
            new byte[] { 10, 20, 30, 40, 50, 60, 192, 128, 128, 40, 50, 60, 10, 20, 30, 192, 128, 128 }, picture.Pixels);
    }

    [TestMethod]
    public void Draw_GrayImage_HasEqualChannelsAndRowsInPlace()
    {
        MaskComparison picture = MaskComparison.Draw([7, 8], 1, 2, label: [1, 1], prediction: [1, 0], _palette);

        Assert.AreEqual((3, 2), (picture.Width, picture.Height));
        CollectionAssert.AreEqual(new byte[] { 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8 }, picture.Pixels);
    }

    [TestMethod]
    public void Draw_LargeRegion_IsTinted()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)100, 9)];
        uint[] background = [.. Enumerable.Repeat(1u, 9)], defect = [.. Enumerable.Repeat(2u, 9)];

        MaskComparison picture = MaskComparison.Draw(pixels, 3, 3, background, defect, _palette);

        // The middle row's middle pixel of each panel; a region that fills the image has no outline.
        byte[] row = picture.Pixels[(3 * 9)..];
        CollectionAssert.AreEqual(new byte[] { 100, 100, 100 }, row[3..6]);
        CollectionAssert.AreEqual(new byte[] { 100, 100, 100 }, row[12..15]);
        CollectionAssert.AreEqual(new byte[] { 114, 50, 50 }, row[21..24]);
    }

    [TestMethod]
    public void Draw_WrongLength_SaysWhatIsExpected()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => MaskComparison.Draw(new byte[5], 2, 2, new uint[4], new uint[4], _palette));

        StringAssert.Contains(error.Message, "5 bytes of pixels, expected 2 * 2 = 4 gray values or 12");
    }
}
