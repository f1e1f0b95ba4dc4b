using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PngReaderTest
{
    public static IEnumerable<object[]> Kinds =>
        from kind in new[] { (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8),
            (4, 16), (6, 8), (6, 16) }
        from interlaced in new[] { false, true }
        select new object[] { kind.Item1, kind.Item2, interlaced };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Read_EveryKindAndSize_GivesTheSamples(int colour, int depth, bool interlaced)
    {
        foreach ((int width, int height) in new[] { (1, 1), (2, 1), (1, 5), (3, 3), (8, 8), (9, 17), (33, 10) })
        {
            ushort[] samples = RandomSamples(width, height, depth, colour);
            byte[] data = TestPng.Build(
                width, height, depth, colour, samples, interlaced, colour == 3 ? new byte[768] : null, imageChunks: 3);

            PngImage image = PngReader.Read(data, "x.png");

            Assert.AreEqual((width, height), (image.File.Header.Width, image.File.Header.Height));
            CollectionAssert.AreEqual(samples, image.Samples, $"{width}×{height}");
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Read_EightBitColours_EqualsAnotherDecoder(bool interlaced)
    {
        byte[] data = TestPng.Build(37, 21, 8, 2, RandomSamples(37, 21, 8, 2), interlaced);
        using SKBitmap oracle = SKBitmap.Decode(data);

        ushort[] samples = PngReader.Read(data, "x.png").Samples;

        ushort[] expected = [.. oracle.Pixels.SelectMany(pixel => new ushort[] { pixel.Red, pixel.Green, pixel.Blue })];
        CollectionAssert.AreEqual(expected, samples);
    }

    [TestMethod]
    public void Read_TruncatedAnywhere_NamesTheFile()
    {
        byte[] data = TestPng.Build(9, 7, 8, 0, RandomSamples(9, 7, 8, 0));
        for (int length = 8; length < data.Length; length++)
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(
                () => PngReader.Read(data[..length], "cut.png"), $"{length} bytes");
            StringAssert.Contains(error.Message, "cut.png");
        }
    }

    [TestMethod]
    public void Read_AnyBitFlipped_IsAnError()
    {
        byte[] data = TestPng.Build(9, 7, 8, 0, RandomSamples(9, 7, 8, 0));
        for (int bit = 8 * 8; bit < data.Length * 8; bit++)
        {
            byte[] flipped = [.. data];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsExactly<InvalidDataException>(() => PngReader.Read(flipped, "flipped.png"), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Read_ImageDataTooShortWithRightChecksums_IsAnError()
    {
        byte[] full = TestPng.Build(9, 7, 8, 0, new ushort[63]);
        (string, byte[]) header = ("IHDR", full[16..29]);

        AssertDamaged("too short", TestPng.FromChunks(header, ("IDAT", TestPng.Deflate(new byte[69])), ("IEND", [])));
        AssertDamaged("no data", TestPng.FromChunks(header, ("IEND", [])));
        AssertDamaged("no zlib data", TestPng.FromChunks(header, ("IDAT", [1, 2, 3, 4, 5, 6]), ("IEND", [])));
        AssertDamaged(
            "unknown filter", TestPng.FromChunks(header, ("IDAT", TestPng.Deflate([9, .. new byte[69]])), ("IEND", [])));
        byte[] wrongAdler = TestPng.Deflate(new byte[70]);
        wrongAdler[^1] ^= 1;
        AssertDamaged("wrong Adler-32", TestPng.FromChunks(header, ("IDAT", wrongAdler), ("IEND", [])));
    }

    [TestMethod]
    public void Read_HeaderThatNoPngHas_IsAnError()
    {
        byte[] right = [0, 0, 0, 9, 0, 0, 0, 7, 8, 0, 0, 0, 0];
        foreach ((int position, byte value) in new (int, byte)[] { (3, 0), (7, 0), (0, 128), (8, 3), (9, 1), (9, 3), (10, 1),
            (11, 1), (12, 2) })
        {
            byte[] wrong = [.. right];
            wrong[position] = value;
            AssertDamaged($"{value} at {position}",
                TestPng.FromChunks(("IHDR", wrong), ("IDAT", TestPng.Deflate(new byte[70])), ("IEND", [])));
        }
    }

    [TestMethod]
    public void Read_HeaderClaimsMoreThanTheDataCanHold_IsAnErrorBeforeMemoryIsTaken()
    {
        byte[] header = [0, 0, 0x40, 0, 0, 0, 0x40, 0, 16, 0, 0, 0, 0];
        byte[] data = TestPng.FromChunks(("IHDR", header), ("IDAT", TestPng.Deflate(new byte[70])), ("IEND", []));
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertDamaged("16384×16384 pixels", data);

        Assert.IsLessThan(10_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static ushort[] RandomSamples(int width, int height, int depth, int colour)
    {
        var random = new Random((width * 1000) + height);
        int channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var samples = new ushort[width * height * channels];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)random.Next(1 << depth);
        return samples;
    }

    private static void AssertDamaged(string what, byte[] data)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => PngReader.Read(data, "bad.png"), what);
        StringAssert.Contains(error.Message, "bad.png");
    }
}
