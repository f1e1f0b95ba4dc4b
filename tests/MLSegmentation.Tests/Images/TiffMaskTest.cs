using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

/// <summary>TIFF files as masks: their gray values and palette indices are the labels.</summary>
[TestClass]
public sealed class TiffMaskTest
{
    [TestMethod]
    [DataRow(1, new byte[] { 0b1010_0000 }, new[] { 1, 0, 1 })]
    [DataRow(2, new byte[] { 0b0110_1100 }, new[] { 1, 2, 3 })]
    [DataRow(4, new byte[] { 0x0F, 0x70 }, new[] { 0, 15, 7 })]
    [DataRow(8, new byte[] { 0, 255, 3 }, new[] { 0, 255, 3 })]
    [DataRow(16, new byte[] { 1, 2, 0, 0, 255, 255 }, new[] { 513, 0, 65_535 })]
    public void Read_GrayOrPalette_GivesTheNumbers(int depth, byte[] row, int[] labels)
    {
        int most = (1 << depth) - 1;
        byte[] gray = new RawTiff(3, 1) { Depth = depth }.ToBytes(row);
        byte[] whiteIsZero = new RawTiff(3, 1) { Depth = depth, Colour = Photometric.MINISWHITE }.ToBytes(row);
        byte[] palette = new RawTiff(3, 1)
        {
            Depth = depth,
            Colour = Photometric.PALETTE,
            Fields = { [TiffTag.COLORMAP] = new int[3 << depth] },
        }.ToBytes(row);

        CollectionAssert.AreEqual(labels, Labels(gray));
        CollectionAssert.AreEqual(labels.Select(label => most - label).ToArray(), Labels(whiteIsZero));
        CollectionAssert.AreEqual(labels, Labels(palette));
    }

    [TestMethod]
    public void Read_ColoursGiven_LooksThemUp()
    {
        var labels = new Dictionary<Rgb, int> { [new(1, 2, 3)] = 4, [new(10, 11, 12)] = 300 };
        byte[] file = new RawTiff(2, 1) { Samples = 3, Colour = Photometric.RGB }.ToBytes([10, 11, 12, 1, 2, 3]);

        CollectionAssert.AreEqual(new ushort[] { 300, 4 }, LabelImageReader.Read(file, "mask.tif", labels).Values);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(file, "mask.tif")).Message,
            "Give the colour of each class");
    }

    [TestMethod]
    public void Read_OnItsSide_IsUprightAsImagesAre()
    {
        LabelImage mask = LabelImageReader.Read(
            new RawTiff(3, 2) { Fields = { [TiffTag.ORIENTATION] = [6] } }.ToBytes([0, 1, 2, 3, 4, 5]), "mask.tif");

        Assert.AreEqual((2, 3), (mask.Width, mask.Height));
        CollectionAssert.AreEqual(new ushort[] { 3, 0, 4, 1, 5, 2 }, mask.Values);
    }

    [TestMethod]
    public void Read_Jpeg_IsRefusedAsItChangesLabels()
    {
        byte[] file = new RawTiff(40, 24) { Compression = (int)Compression.JPEG }.ToBytes(PillowFiles.GrayJpeg);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(file, "mask.tif")).Message,
            "JPEG, which changes labels");
    }

    [TestMethod]
    public void Read_NumbersThatAreNoLabels_AreRefused()
    {
        byte[] file = new RawTiff(1, 1)
        {
            Depth = 32,
            Fields = { [TiffTag.SAMPLEFORMAT] = [(int)SampleFormat.IEEEFP] },
        }.ToBytes(new byte[4]);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(file, "mask.tif")).Message,
            "expected label indices");
    }

    private static int[] Labels(byte[] file) => [.. LabelImageReader.Read(file, "mask.tif").Values.Select(value => (int)value)];
}
