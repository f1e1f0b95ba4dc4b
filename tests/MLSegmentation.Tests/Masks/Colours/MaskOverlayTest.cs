namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskOverlayTest
{
    private static readonly Rgb[] _palette = [new(0, 0, 0), new(255, 0, 0), new(255, 255, 255)];

    [TestMethod]
    public void Draw_InsideOfARegion_BlendsByOpacity()
    {
        // A 5x5 region of class 1 fills the image: no pixel of it has another class beside it, so none is outline.
        byte[] pixels = Gray(5, 5, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 5, 5, Filled(25, 2), _palette);
        for (int i = 0; i < 25; i++) CollectionAssert.AreEqual(new byte[] { 178, 50, 50, 77 }, Pixel(pixels, i));
    }

    [TestMethod]
    [DataRow(0.0, 100, 100)]
    [DataRow(0.25, 139, 75)]
    [DataRow(1.0, 255, 0)]
    public void Draw_AtAnOpacity_MixesImageAndColour(double opacity, int red, int green)
    {
        byte[] pixels = Gray(2, 2, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 2, 2, Filled(4, 2), _palette, opacity);
        CollectionAssert.AreEqual(new[] { (byte)red, (byte)green, (byte)green, (byte)77 }, Pixel(pixels, 3));
    }

    [TestMethod]
    public void Draw_OfBgra_PaintsTheSamePictureWithSwappedChannels()
    {
        var random = new Random(1);
        byte[] rgba = new byte[4 * 63];
        random.NextBytes(rgba);
        uint[] mask = [.. Enumerable.Range(0, 63).Select(_ => (uint)random.Next(4))];
        byte[] bgra = Swapped(rgba);

        MaskOverlay.Draw(rgba, ChannelOrder.Rgba, 9, 7, mask, _palette);
        MaskOverlay.Draw(bgra, ChannelOrder.Bgra, 9, 7, mask, _palette);

        CollectionAssert.AreEqual(Swapped(rgba), bgra);
    }

    [TestMethod]
    public void Draw_OfNoClassAndBlackBackground_LeavesTheImage()
    {
        byte[] pixels = Gray(2, 2, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 2, 2, [0, 1, 1, 0], _palette);
        CollectionAssert.AreEqual(Gray(2, 2, 100), pixels);
    }

    [TestMethod]
    public void Draw_WhereClass0HasAColour_PaintsIt()
    {
        byte[] pixels = Gray(1, 1, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 1, 1, [1], [new Rgb(0, 0, 200)]);
        CollectionAssert.AreEqual(new byte[] { 50, 50, 150, 77 }, Pixel(pixels, 0));
    }

    [TestMethod]
    [DataRow(-1, 50)]
    [DataRow(0, 100)]
    public void Draw_WithAGivenBackground_LeavesThatClassAlone(int background, int expected)
    {
        byte[] pixels = Gray(1, 1, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 1, 1, [1], _palette, background: background);
        Assert.AreEqual(expected, pixels[0]);
    }

    [TestMethod]
    public void Draw_OfARegionOnBackground_OutlinesItsOutermostPixels()
    {
        // o outline, x tint: a 3x3 square of class 1 in the corner of the image, whose own edge is no outline.
        uint[] mask =
        [
            2, 2, 2, 1,
            2, 2, 2, 1,
            2, 2, 2, 1,
            1, 1, 1, 1,
        ];
        Assert.AreEqual("xxo.\nxxo.\nooo.\n....", Picture(mask, 4, 4));
    }

    [TestMethod]
    public void Draw_WhereTwoClassesMeet_DrawsALineOfOnePixel() =>
        Assert.AreEqual("xoxx\nxoxx", Picture([2, 2, 3, 3, 2, 2, 3, 3], 4, 2));

    [TestMethod]
    public void Draw_OfAnOutline_IsBrighterThanDarkAndDarkerThanBrightColours()
    {
        byte[] pixels = Gray(3, 1, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 3, 1, [2, 0, 3], _palette);
        CollectionAssert.AreEqual(new byte[] { 255, 128, 128, 77 }, Pixel(pixels, 0));
        CollectionAssert.AreEqual(new byte[] { 128, 128, 128, 77 }, Pixel(pixels, 2));
    }

    [TestMethod]
    public void Draw_OfAKeyWithoutColour_ThrowsAndChangesNothing()
    {
        byte[] pixels = Gray(2, 1, 100);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => MaskOverlay.Draw(pixels, ChannelOrder.Rgba, 2, 1, [2, 4], _palette));
        StringAssert.Contains(error.Message, "key 4 (class 3)");
        CollectionAssert.AreEqual(Gray(2, 1, 100), pixels);
    }

    [TestMethod]
    public void Draw_OfOtherSizes_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(
            () => MaskOverlay.Draw(new byte[15], ChannelOrder.Rgba, 2, 2, new uint[4], _palette));
        Assert.ThrowsExactly<ArgumentException>(
            () => MaskOverlay.Draw(new byte[16], ChannelOrder.Rgba, 2, 2, new uint[6], _palette));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MaskOverlay.Draw([], ChannelOrder.Rgba, -1, 2, [], _palette));
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.1)]
    [DataRow(double.NaN)]
    public void Draw_OfAnOpacityOutsideItsRange_Throws(double opacity) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => MaskOverlay.Draw(new byte[4], ChannelOrder.Rgba, 1, 1, [1], _palette, opacity));

    /// <summary>
    /// At opacity 0 only outlines change a pixel: o for those, x for other painted pixels, a dot for background.
    /// </summary>
    private static string Picture(uint[] mask, int width, int height)
    {
        byte[] pixels = Gray(width, height, 100);
        MaskOverlay.Draw(pixels, ChannelOrder.Rgba, width, height, mask, _palette, opacity: 0);
        return string.Join('\n', Enumerable.Range(0, height).Select(y => string.Concat(Enumerable.Range(y * width, width)
            .Select(i => Pixel(pixels, i).SequenceEqual(Pixel(Gray(1, 1, 100), 0)) ? (mask[i] == 1 ? '.' : 'x') : 'o'))));
    }

    private static byte[] Gray(int width, int height, byte value) =>
        [.. Enumerable.Range(0, width * height).SelectMany(_ => new byte[] { value, value, value, 77 })];

    private static uint[] Filled(int length, uint key) => [.. Enumerable.Repeat(key, length)];

    private static byte[] Pixel(byte[] pixels, int index) => pixels[(4 * index)..(4 * index + 4)];

    private static byte[] Swapped(byte[] pixels) => [.. pixels.Chunk(4).SelectMany(p => new[] { p[2], p[1], p[0], p[3] })];
}
