using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Every kind of BMP against Skia, which shares no code with the reader.</summary>
[TestClass]
public sealed class BmpReaderTest
{
    public static IEnumerable<object[]> Kinds =>
        from header in new[] { 12, 40, 52, 56, 64, 108, 124 }
        from bits in new[] { 1, 4, 8, 16, 24, 32 }
        where header != 12 || bits is not (16 or 32)
        select new object[] { header, bits };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_EveryHeaderAndDepth_EqualsAnotherDecoder(int header, int bits)
    {
        foreach ((int width, int height) in new[] { (1, 1), (7, 5), (33, 4) })
        {
            AssertEqualsOracle(new RawBmp(header, bits, width, height));
            if (header != 12) AssertEqualsOracle(new RawBmp(header, bits, width, -height));
            if (bits <= 8 && header != 12)
                AssertEqualsOracle(new RawBmp(header, bits, width, height) { Colours = Math.Max(1, (1 << bits) / 3) });
        }
    }

    [TestMethod]
    [DataRow(16, 0xF800u, 0x07E0u, 0x001Fu, 0u)]
    [DataRow(16, 0x7C00u, 0x03E0u, 0x001Fu, 0x8000u)]
    [DataRow(16, 0x0F00u, 0x00F0u, 0x000Fu, 0xF000u)]
    [DataRow(32, 0x000000FFu, 0x0000FF00u, 0x00FF0000u, 0u)]
    [DataRow(32, 0x00FF0000u, 0x0000FF00u, 0x000000FFu, 0xFF000000u)]
    [DataRow(32, 0x3FF00000u, 0x000FFC00u, 0x000003FFu, 0xC0000000u)]
    public void Decode_Masks_EqualAnotherDecoder(int bits, uint red, uint green, uint blue, uint alpha)
    {
        foreach (int header in new[] { 40, 52, 56, 108, 124 })
            AssertEqualsOracle(new RawBmp(header, bits, 9, 6) { Compression = 3, Masks = [red, green, blue, alpha] });
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(4)]
    public void Decode_RunLengths_EqualAnotherDecoder(int bits)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            int width = random.Next(1, 40), height = random.Next(1, 12);
            AssertEqualsOracle(
                new RawBmp(40, bits, width, height)
                {
                    Compression = bits == 8 ? 1 : 2,
                    Pixels = RawBmp.RunLengths(random, bits, width, height),
                });
        }
    }

    [TestMethod]
    [DataRow(new byte[] { 5, 1, 0, 1 })]
    [DataRow(new byte[] { 0, 5, 1, 1, 1, 1, 1, 0, 0, 1 })]
    [DataRow(new byte[] { 0, 2, 5, 0, 1, 1, 0, 1 })]
    [DataRow(new byte[] { 4, 1, 0 })]
    public void Decode_RunLengthsThatLeaveTheImageOrEnd_AreAnError(byte[] runs) =>
        Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(TestBmp.Build(4, 2, 8, 1, runs, 0, 1), "x.bmp"));

    [TestMethod]
    [DataRow(8, 4)]
    [DataRow(16, 1)]
    [DataRow(24, 5)]
    [DataRow(3, 0)]
    public void Decode_KindThatIsNotRead_IsNamed(int bits, int compression)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => ImageDecoder.Decode(TestBmp.Build(4, 2, (short)bits, compression, new byte[64]), "x.bmp"));

        StringAssert.Contains(error.Message, $"{bits} bits a pixel and the compression {compression}");
    }

    private static void AssertEqualsOracle(RawBmp bmp)
    {
        byte[] file = bmp.ToBytes();

        using MLImage image = ImageDecoder.Decode(file, "x.bmp");

        CollectionAssert.AreEqual(SkiaOracle.Rgba(file), ImageDecoderTest.Rgba(image), bmp.ToString());
    }
}
