using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelImageReaderTest
{
    private static readonly Rgb _red = new(255, 0, 0);
    private static readonly Rgb _green = new(0, 255, 0);
    private static readonly Rgb _black = new(0, 0, 0);

    public static IEnumerable<object[]> IndexKinds =>
        from kind in new[] { (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (3, 1), (3, 2), (3, 4), (3, 8) }
        from interlaced in new[] { false, true }
        select new object[] { kind.Item1, kind.Item2, interlaced };

    [TestMethod]
    [DynamicData(nameof(IndexKinds))]
    public void Read_GrayOrPalette_GivesTheIndicesUnscaled(int colour, int depth, bool interlaced)
    {
        ushort[] labels = PngReaderTest.RandomSamples(13, 11, depth, colour);
        byte[] data = TestPng.Build(13, 11, depth, colour, labels, interlaced, colour == 3 ? new byte[768] : null);

        LabelImage mask = LabelImageReader.Read(data, "mask.png");

        Assert.AreEqual((13, 11), (mask.Width, mask.Height));
        CollectionAssert.AreEqual(labels, mask.Values);
    }

    [TestMethod]
    public void Read_PillowFiles_GivesTheIndices()
    {
        int[] first15 = [.. Enumerable.Range(0, 15)];
        CollectionAssert.AreEqual(new ushort[] { 0, 1, 1, 1, 1, 0 }, LabelImageReader.Read(PillowFiles.Gray1Png, "").Values);
        CollectionAssert.AreEqual(
            new ushort[] { 0, 1, 128, 129, 257, 300, 65534, 65535 }, LabelImageReader.Read(PillowFiles.Gray16Png, "").Values);
        CollectionAssert.AreEqual(
            first15.Select(i => (ushort)(i % 2)).ToArray(), LabelImageReader.Read(PillowFiles.Palette1Png, "").Values);
        CollectionAssert.AreEqual(
            first15.Select(i => (ushort)(i % 4)).ToArray(), LabelImageReader.Read(PillowFiles.Palette2Png, "").Values);
        CollectionAssert.AreEqual(
            first15.Select(i => (ushort)i).ToArray(), LabelImageReader.Read(PillowFiles.Palette4Png, "").Values);
    }

    [TestMethod]
    public void Read_GrayWithAlpha_GivesTheGray() =>
        CollectionAssert.AreEqual(
            new ushort[] { 3, 1 }, LabelImageReader.Read(TestPng.Build(2, 1, 8, 4, [3, 255, 1, 0]), "").Values);

    [TestMethod]
    [DataRow(2, 8)]
    [DataRow(6, 8)]
    [DataRow(2, 16)]
    public void Read_ColoursGiven_GivesTheirLabels(int colour, int depth)
    {
        int most = (1 << depth) - 1;
        ushort full = (ushort)most;
        ushort[] red = colour == 6 ? [full, 0, 0, 9] : [full, 0, 0];
        ushort[] green = colour == 6 ? [0, full, 0, 9] : [0, full, 0];
        ushort[] black = colour == 6 ? [0, 0, 0, 9] : [0, 0, 0];
        byte[] data = TestPng.Build(3, 2, depth, colour, [.. red, .. red, .. green, .. black, .. green, .. red]);

        LabelImage mask = LabelImageReader.Read(
            data, "mask.png", new Dictionary<Rgb, int> { [_black] = 255, [_red] = 0, [_green] = 300 });

        CollectionAssert.AreEqual(new ushort[] { 0, 0, 300, 255, 300, 0 }, mask.Values);
    }

    [TestMethod]
    public void Read_ColoursGivenAndPaletteOrGray_LooksTheColoursUp()
    {
        var labels = new Dictionary<Rgb, int> { [_red] = 7, [_black] = 0, [new(255, 255, 255)] = 1 };
        byte[] palette = TestPng.Build(2, 1, 2, 3, [1, 0], palette: [0, 0, 0, 255, 0, 0]);
        byte[] gray = TestPng.Build(2, 1, 1, 0, [1, 0]);

        CollectionAssert.AreEqual(new ushort[] { 7, 0 }, LabelImageReader.Read(palette, "", labels).Values);
        CollectionAssert.AreEqual(new ushort[] { 1, 0 }, LabelImageReader.Read(gray, "", labels).Values);
    }

    [TestMethod]
    public void Read_ColourNotGiven_NamesFileColourPositionAndPalette()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("mask.png", TestPng.Build(2, 2, 8, 2, [255, 0, 0, 255, 0, 0, 0, 255, 0, 1, 2, 3]));

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => LabelImageReader.Read(path, new Dictionary<Rgb, int> { [_red] = 0, [_green] = 1 }));

        foreach (string part in new[] { path, "#010203", "x 1, y 1", "#FF0000, #00FF00" })
            StringAssert.Contains(error.Message, part);
    }

    [TestMethod]
    public void Read_ColourPngWithoutColours_SaysWhatToGive()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => LabelImageReader.Read(TestPng.Build(1, 1, 8, 2, [1, 1, 1]), "mask.png"));

        StringAssert.Contains(error.Message, "mask.png");
        StringAssert.Contains(error.Message, "Give the colour of each class");
    }

    [TestMethod]
    public void Read_Jpeg_SaysThatMasksAreLosslessPng()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(PillowFiles.GrayJpeg, "mask.jpg"));

        StringAssert.Contains(error.Message, "mask.jpg");
        StringAssert.Contains(error.Message, "lossless PNG");
    }

    [TestMethod]
    public void Read_IndexBeyondThePaletteWithColours_IsAnError()
    {
        byte[] data = TestPng.Build(1, 1, 8, 3, [5], palette: [0, 0, 0]);

        Assert.ThrowsExactly<InvalidDataException>(
            () => LabelImageReader.Read(data, "mask.png", new Dictionary<Rgb, int> { [_black] = 0 }));
    }

    [TestMethod]
    public void Read_MissingOrEmptyFile_NamesIt()
    {
        using var folder = new ImagesTestFolder();

        Assert.ThrowsExactly<FileNotFoundException>(() => LabelImageReader.Read(folder["no.png"]));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(folder.Write("a.png", []))).Message, "a.png");
    }

    [TestMethod]
    public void Read_WrongColours_IsAnArgumentError()
    {
        byte[] data = TestPng.Build(1, 1, 8, 0, [0]);

        Assert.ThrowsExactly<ArgumentException>(() => LabelImageReader.Read(data, "", new Dictionary<Rgb, int>()));
        Assert.ThrowsExactly<ArgumentException>(
            () => LabelImageReader.Read(data, "", new Dictionary<Rgb, int> { [_red] = 65536 }));
    }

    [TestMethod]
    public void Read_EightBitGray_EqualsAnotherDecoder()
    {
        byte[] data = TestPng.Build(37, 21, 8, 0, PngReaderTest.RandomSamples(37, 21, 8, 0), interlaced: true);
        using SKBitmap oracle = SKBitmap.Decode(data);

        CollectionAssert.AreEqual(
            oracle.Pixels.Select(pixel => (ushort)pixel.Red).ToArray(), LabelImageReader.Read(data, "").Values);
    }
}
