using MLSegmentation.Images;
using MLSegmentation.Masks;

namespace MLSegmentation.Tests.Images;

/// <summary>GIF and BMP files as masks: their palette indices are the labels.</summary>
[TestClass]
public sealed class MaskFormatsTest
{
    [TestMethod]
    public void Read_Gif_GivesTheIndices()
    {
        byte[] indices = ImageCorpus.Levels(60);

        LabelImage mask = LabelImageReader.Read(TestGif.Build(10, 6, indices), "mask.gif");

        Assert.AreEqual((10, 6), (mask.Width, mask.Height));
        CollectionAssert.AreEqual(indices.Select(index => (ushort)index).ToArray(), mask.Values);
    }

    [TestMethod]
    public void Read_GifWhosePictureIsSmallerThanItsScreen_HasTheBackgroundAround()
    {
        byte[] file = [.. TestGif.Start(4, 2), .. TestGif.Picture(1, 1, 2, 1, [7, 9]), 0x3B];
        file[11] = 5;

        CollectionAssert.AreEqual(new ushort[] { 5, 5, 5, 5, 5, 7, 9, 5 }, LabelImageReader.Read(file, "mask.gif").Values);
    }

    [TestMethod]
    [DataRow(1, new byte[] { 0b0100_0000, 0, 0, 0, 0b1010_0000, 0, 0, 0 }, new[] { 1, 0, 1, 0, 1, 0 })]
    [DataRow(4, new byte[] { 0x12, 0x30, 0, 0, 0x45, 0xF0, 0, 0 }, new[] { 4, 5, 15, 1, 2, 3 })]
    [DataRow(8, new byte[] { 7, 8, 9, 0, 0, 1, 200, 0 }, new[] { 0, 1, 200, 7, 8, 9 })]
    public void Read_PaletteBmp_GivesTheIndices(int bits, byte[] rows, int[] expected)
    {
        LabelImage mask = LabelImageReader.Read(TestBmp.Build(3, 2, (short)bits, 0, rows, 0x010203, 0x0A0B0C), "mask.bmp");

        CollectionAssert.AreEqual(expected.Select(index => (ushort)index).ToArray(), mask.Values);
    }

    [TestMethod]
    public void Read_ColoursGiven_LooksUpPaletteAndColours()
    {
        var labels = new Dictionary<Rgb, int> { [new(1, 2, 3)] = 4, [new(10, 11, 12)] = 300 };

        LabelImage palette = LabelImageReader.Read(TestBmp.Build(2, 1, 8, 0, [1, 0, 0, 0], 0x010203, 0x0A0B0C), "mask.bmp", labels);
        LabelImage colours = LabelImageReader.Read(TestBmp.Rgb24(2, 1, [10, 11, 12, 1, 2, 3]), "mask.bmp", labels);

        CollectionAssert.AreEqual(new ushort[] { 300, 4 }, palette.Values);
        CollectionAssert.AreEqual(new ushort[] { 300, 4 }, colours.Values);
    }

    [TestMethod]
    public void Read_ColourBmpWithoutColours_SaysWhatToGive()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(TestBmp.Rgb24(1, 1, [1, 2, 3]), "mask.bmp"));

        StringAssert.Contains(error.Message, "Give the colour of each class");
    }
}
