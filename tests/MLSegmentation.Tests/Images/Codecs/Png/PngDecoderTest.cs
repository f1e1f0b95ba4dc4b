using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Every kind of PNG against values computed here from its samples, and against Skia where Skia has the same.</summary>
[TestClass]
public sealed class PngDecoderTest
{
    private static readonly byte[] _palette = [.. Enumerable.Range(0, 768).Select(i => (byte)((i * 37) + 11))];

    public static IEnumerable<object[]> Kinds => PngReaderTest.Kinds;

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_EveryKind_HasTheColoursOfItsSamples(int colour, int depth, bool interlaced)
    {
        foreach ((int width, int height) in new[] { (1, 1), (3, 5), (5, 3), (17, 9), (64, 11) })
        {
            foreach (bool hasTransparency in new[] { false, true })
            {
                ushort[] samples = PngReaderTest.RandomSamples(width, height, depth, colour);
                byte[]? transparency = hasTransparency ? Transparency(colour, samples) : null;
                byte[]? palette = colour == 3 ? _palette[..(3 << depth)] : null;
                byte[] file = TestPng.Build(
                    width, height, depth, colour, samples, interlaced, palette, transparency, imageChunks: 2);

                using MLImage image = ImageDecoder.Decode(file, "x.png");

                byte[] expected = Expected(width * height, colour, depth, samples, transparency);
                CollectionAssert.AreEqual(
                    expected, ImageDecoderTest.Rgba(image), $"{width}×{height}, {transparency?.Length} bytes of tRNS");
                if (depth < 16) CollectionAssert.AreEqual(expected, SkiaOracle.Rgba(file), "Skia");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_AnyChunkBeside_ChangesNoPixel(int colour, int depth, bool interlaced)
    {
        const int width = 19, height = 4;
        ushort[] samples = PngReaderTest.RandomSamples(width, height, depth, colour);
        byte[]? palette = colour == 3 ? _palette[..(3 << depth)] : null;
        byte[] plain = TestPng.Build(width, height, depth, colour, samples, interlaced, palette, Transparency(colour, samples));
        using MLImage expected = ImageDecoder.Decode(plain, "plain.png");
        int channels = colour switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        List<(string Type, byte[] Content)> beside =
        [
            .. Enumerable.Range(0, 18).Select(bits => ("sBIT", Enumerable.Repeat((byte)bits, channels).ToArray())),
            ("sBIT", [5, 6, 5]), ("sBIT", []), ("sBIT", [1, 2, 3, 4]), ("gAMA", [0, 0, 1, 0]), ("gAMA", [0, 3, 0xD0, 0x90]),
            ("cHRM", new byte[32]), ("sRGB", [0]),
            ("iCCP", [.. "profile\0\0"u8, .. TestPng.Deflate(new byte[1000])]), ("cICP", [9, 16, 0, 1]), ("bKGD", [0]),
            ("bKGD", [0, 1, 0, 2, 0, 3]),
            ("hIST", new byte[2 << Math.Min(depth, 8)]), ("pHYs", [0, 0, 0, 1, 0, 0, 0, 9, 0]),
            ("sPLT", [.. "a\0"u8, 8, 1, 2, 3, 4, 0, 1]),
            ("tIME", [7, 0xEA, 1, 1, 0, 0, 0]), ("tEXt", [.. "Title\0text"u8]),
            ("zTXt", [.. "Title\0\0"u8, .. TestPng.Deflate(new byte[5000])]),
            ("iTXt", [.. "Title\0\0\0\0\0text"u8]), ("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), ("prVt", [1, 2, 3]),
        ];
        foreach ((string type, byte[] content) in beside)
        {
            using MLImage image = ImageDecoder.Decode(TestPng.Insert(plain, type, content), "x.png");

            CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray(),
                $"{type} {Convert.ToHexString(content[..Math.Min(content.Length, 8)])}");
        }
    }

    [TestMethod]
    public void Decode_PaletteWithSignificantBits_ShowsNoForeignMemory()
    {
        // Skia 2.88 takes the significant bits for those of the samples, and reads as many indices beyond its row.
        const int width = 300_000;
        ushort[] indices = [.. Enumerable.Range(0, width).Select(i => (ushort)(i % 2))];
        byte[] file = TestPng.Insert(TestPng.Build(width, 1, 8, 3, indices, palette: [1, 2, 3, 4, 5, 6]), "sBIT", [5, 6, 5]);

        using MLImage image = ImageDecoder.Decode(file, "x.png");

        CollectionAssert.AreEqual(
            indices.SelectMany(index => index == 0 ? new byte[] { 1, 2, 3, 255 } : [4, 5, 6, 255]).ToArray(),
            ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Decode_MuchTextAndProfile_TakesNoMemoryForIt()
    {
        byte[] plain = TestPng.Build(3, 2, 8, 2, PngReaderTest.RandomSamples(3, 2, 8, 2)), much = new byte[20 << 20];
        byte[] file = TestPng.Insert(TestPng.Insert(TestPng.Insert(plain, "zTXt", much), "iCCP", much), "abCd", much);
        using MLImage expected = ImageDecoder.Decode(plain, "plain.png");
        long before = GC.GetAllocatedBytesForCurrentThread();

        using MLImage image = ImageDecoder.Decode(file, "x.png");

        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Decode_IndexBeyondThePalette_IsAnErrorAsForRows(bool interlaced)
    {
        byte[] file = TestPng.Build(2, 2, 4, 3, [0, 1, 2, 0], interlaced, palette: [1, 2, 3, 4, 5, 6]);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.png"));

        StringAssert.Contains(error.Message, "palette index 2, but a palette of 2 colours");
    }

    [TestMethod]
    public void Decode_DataThatNeedsADictionary_IsAnError()
    {
        byte[] header = TestPng.Build(9, 7, 8, 0, new ushort[63])[16..29], data = TestPng.Deflate(new byte[70]);
        (data[0], data[1]) = (0x78, 0x3F);

        Assert.ThrowsExactly<InvalidDataException>(
            () => ImageDecoder.Decode(TestPng.FromChunks(("IHDR", header), ("IDAT", data), ("IEND", [])), "x.png"));
    }

    [TestMethod]
    [DataRow(PngFilter.None)]
    [DataRow(PngFilter.Sub)]
    [DataRow(PngFilter.Up)]
    [DataRow(PngFilter.Average)]
    [DataRow(PngFilter.Paeth)]
    public void Undo_EachFilterAndPixelSize_GivesBackWhatWasFiltered(byte filter)
    {
        for (int pixelBytes = 1; pixelBytes <= 8; pixelBytes++)
        {
            byte[] row = ImageCorpus.Bytes(pixelBytes * 13), above = [.. row.Select(value => (byte)(value * 7))],
                restored = Padded([.. new byte[row.Length]]);

            Assert.IsTrue(
                PngFilter.Undo(
                    filter, Padded(TestPng.Filter(filter, row, above, pixelBytes)), Padded(above), restored, pixelBytes));

            CollectionAssert.AreEqual(row, restored[..row.Length], $"{pixelBytes} bytes a pixel");
        }
    }

    private static byte[] Padded(byte[] row) => [.. row, .. Enumerable.Repeat((byte)0xA5, PngFilter.Padding)];

    /// <summary>The samples of the first pixel, or alphas of the first indices; null where the file has alpha itself.</summary>
    private static byte[]? Transparency(int colour, ushort[] samples) => colour switch
    {
        0 => [(byte)(samples[0] >> 8), (byte)samples[0]],
        2 => [.. samples[..3].SelectMany(sample => new[] { (byte)(sample >> 8), (byte)sample })],
        3 => [0, 200],
        _ => null,
    };

    private static byte[] Expected(int pixels, int colour, int depth, ushort[] samples, byte[]? transparency)
    {
        int channels = samples.Length / pixels;
        byte Scaled(int sample) => (byte)Math.Round(samples[sample] * 255.0 / ((1 << depth) - 1), MidpointRounding.AwayFromZero);
        var rgba = new List<byte>();
        for (int at = 0; at < samples.Length; at += channels)
        {
            byte[] key = [.. samples[at..(at + channels)].SelectMany(sample => new[] { (byte)(sample >> 8), (byte)sample })];
            byte alpha = transparency is not null && key.AsSpan().SequenceEqual(transparency) ? (byte)0 : (byte)255;
            int index = samples[at];
            rgba.AddRange(colour switch
            {
                0 => [Scaled(at), Scaled(at), Scaled(at), alpha],
                2 => [Scaled(at), Scaled(at + 1), Scaled(at + 2), alpha],
                3 => [.. _palette[(3 * index)..((3 * index) + 3)],
                    transparency is not null && index < transparency.Length ? transparency[index] : (byte)255],
                4 => [Scaled(at), Scaled(at), Scaled(at), Scaled(at + 1)],
                _ => new[] { Scaled(at), Scaled(at + 1), Scaled(at + 2), Scaled(at + 3) },
            });
        }
        return [.. rgba];
    }
}
