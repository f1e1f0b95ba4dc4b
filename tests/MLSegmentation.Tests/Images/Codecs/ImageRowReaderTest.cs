using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageRowReaderTest
{
    private static readonly byte[] _palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 37))];

    [TestMethod]
    [DynamicData(nameof(PngReaderTest.Kinds), typeof(PngReaderTest))]
    public void Read_EveryKindOfPng_EqualsDecodingAsAWhole(int colour, int depth, bool interlaced)
    {
        using var folder = new ImagesTestFolder();
        foreach ((int width, int height) in new[] { (1, 1), (3, 5), (9, 17), (33, 10) })
        {
            ushort[] samples = PngReaderTest.RandomSamples(width, height, depth, colour);
            byte[] data = TestPng.Build(
                width, height, depth, colour, samples, interlaced, colour == 3 ? _palette : null, imageChunks: 3);
            using MLImage whole = ImageDecoder.Decode(data, "x.png");

            using var rows = ImageRowReader.Open(folder.Write("x.png", data));

            Assert.AreEqual((width, height), (rows.Width, rows.Height));
            Assert.AreEqual(!interlaced, rows is PngRowReader);
            CollectionAssert.AreEqual(Colours(whole), ReadAll(rows, 1), $"{width}×{height}");
        }
    }

    [TestMethod]
    public void Read_InPiecesOfAnyHeight_GivesTheSameRows()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("x.png", TestPng.Build(5, 12, 8, 2, PngReaderTest.RandomSamples(5, 12, 8, 2)));
        using var one = ImageRowReader.Open(path);
        byte[] expected = ReadAll(one, 1);
        foreach (int rows in new[] { 2, 3, 12 })
        {
            using var reader = ImageRowReader.Open(path);
            CollectionAssert.AreEqual(expected, ReadAll(reader, rows), $"{rows} rows at a time");
        }
    }

    [TestMethod]
    public void Read_MoreRowsThanAreLeftOrHalfARow_SaysWhatIsExpected()
    {
        using MLImage image = MLImage.CreateFromPixels(2, 3, MLPixelFormat.Rgba32, new byte[24]);
        using var reader = ImageRowReader.Over(image);
        reader.Read(new byte[6]);

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => reader.Read(new byte[18])).Message, "3 × 2 for each of up to 2 rows");
        Assert.ThrowsExactly<ArgumentException>(() => reader.Read(new byte[7]));
        Assert.AreEqual(1, reader.NextRow);
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32)]
    [DataRow(MLPixelFormat.Rgba32)]
    public void Over_ImageInMemory_GivesItsColoursAndLeavesIt(MLPixelFormat format)
    {
        var pixels = new byte[7 * 4 * 4];
        new Random(1).NextBytes(pixels);
        using MLImage image = MLImage.CreateFromPixels(7, 4, format, pixels);

        using (var reader = ImageRowReader.Over(image)) CollectionAssert.AreEqual(Colours(image), ReadAll(reader, 2));

        Assert.AreEqual(7, image.Width);
    }

    [TestMethod]
    public void Open_PngThatIsStoredTurned_IsUpright()
    {
        using var folder = new ImagesTestFolder();
        byte[] turned = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        byte[] data = TestPng.Build(4, 3, 8, 2, PngReaderTest.RandomSamples(4, 3, 8, 2), exif: turned);
        using MLImage upright = ImageDecoder.Decode(data, "x.png");

        using var reader = ImageRowReader.Open(folder.Write("x.png", data));

        Assert.AreEqual((3, 4), (reader.Width, reader.Height));
        CollectionAssert.AreEqual(Colours(upright), ReadAll(reader, 4));
    }

    [TestMethod]
    public void Open_AnotherFormat_IsDecodedAsAWhole()
    {
        using var folder = new ImagesTestFolder();
        using MLImage whole = ImageDecoder.Decode(PillowFiles.ProgressiveJpeg, "x.jpg");

        using var reader = ImageRowReader.Open(folder.Write("x.jpg", PillowFiles.ProgressiveJpeg));

        CollectionAssert.AreEqual(Colours(whole), ReadAll(reader, 24));
    }

    [TestMethod]
    public void Open_TruncatedAnywhere_NamesTheFile()
    {
        using var folder = new ImagesTestFolder();
        byte[] data = TestPng.Build(9, 7, 8, 0, PngReaderTest.RandomSamples(9, 7, 8, 0));
        for (int length = 0; length < data.Length; length++)
        {
            string path = folder.Write("cut.png", data[..length]);
            StringAssert.Contains(
                Assert.ThrowsExactly<InvalidDataException>(() => ImageRowReader.Open(path), $"{length} bytes").Message,
                "cut.png");
        }
    }

    [TestMethod]
    public void Read_RightChunksWithWrongData_IsAnErrorInItsRow()
    {
        using var folder = new ImagesTestFolder();
        byte[] full = TestPng.Build(9, 7, 8, 0, new ushort[63]);
        (string, byte[]) header = ("IHDR", full[16..29]);
        byte[] wrongAdler = TestPng.Deflate(new byte[70]);
        wrongAdler[^1] ^= 1;
        foreach ((byte[] content, int good) in new[] { (TestPng.Deflate(new byte[69]), 6),
            (TestPng.Deflate([.. new byte[20], 9, .. new byte[49]]), 2), (wrongAdler, 6) })
        {
            using var reader = ImageRowReader.Open(
                folder.Write("bad.png", TestPng.FromChunks(header, ("IDAT", content), ("IEND", []))));
            reader.Read(new byte[good * 27]);
            Assert.ThrowsExactly<InvalidDataException>(() => reader.Read(new byte[27]));
        }
    }

    [TestMethod]
    public void Read_IndexWithoutColour_IsAnErrorInItsRow()
    {
        using var folder = new ImagesTestFolder();
        using var reader = ImageRowReader.Open(
            folder.Write("bad.png", TestPng.Build(2, 2, 8, 3, [0, 1, 2, 0], palette: [1, 2, 3, 4, 5, 6])));
        var row = new byte[6];

        reader.Read(row);

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5, 6 }, row);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => reader.Read(row)).Message, "palette index 2");
    }

    [TestMethod]
    public void Open_NoFile_SaysSo() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => ImageRowReader.Open("none.png")).Message, "none.png");

    internal static byte[] ReadAll(ImageRowReader reader, int rows)
    {
        var all = new byte[3 * reader.Width * reader.Height];
        int piece = 3 * reader.Width * rows;
        for (int at = 0; at < all.Length; at += piece) reader.Read(all.AsSpan(at, Math.Min(piece, all.Length - at)));
        Assert.AreEqual(reader.Height, reader.NextRow);
        return all;
    }

    private static byte[] Colours(MLImage image) => [.. image.Pixels.ToArray().Chunk(4)
        .SelectMany(pixel => image.PixelFormat == MLPixelFormat.Bgra32 ? new[] { pixel[2], pixel[1], pixel[0] } : pixel[..3])];
}
