using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SampleRangeTest
{
    [TestMethod]
    [DataRow("0..4095", 0, 4095)]
    [DataRow("-1000..400", -1000, 400)]
    [DataRow("-0.5..1.5", -0.5, 1.5)]
    [DataRow("1e-3..2.5E2", 0.001, 250)]
    public void Parse_Range_IsWhatToStringWrites(string text, double low, double high)
    {
        var range = SampleRange.Parse(text);

        Assert.AreEqual((low, high), (range.Low, range.High));
        Assert.AreEqual(range, SampleRange.Parse(range.ToString()));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("5")]
    [DataRow("1..1")]
    [DataRow("2..1")]
    [DataRow("0..NaN")]
    [DataRow("0..1..2")]
    [DataRow("0-4095")]
    public void Parse_AnythingElse_SaysWhatIsExpected(string text) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => SampleRange.Parse(text)).Message, "0..4095");

    [TestMethod]
    public void Constructor_NoRange_IsRefused()
    {
        Assert.AreEqual("low", Assert.ThrowsExactly<ArgumentException>(() => new SampleRange(1, 1)).ParamName);
        Assert.ThrowsExactly<ArgumentException>(() => new SampleRange(0, double.PositiveInfinity));
    }

    [TestMethod]
    public void Decode_TwelveBitsInSixteen_UseTheWholeRange()
    {
        ushort[] values = [0, 100, 960, 2048, 3664, 4095, 5000];
        byte[] tiff = new RawTiff(values.Length, 1) { Depth = 16 }.ToBytes([.. values.SelectMany(BitConverter.GetBytes)]);
        byte[] png = TestPng.Build(values.Length, 1, 16, 0, values);
        int[] expected = [.. values.Select(value => (int)Math.Min(255, Math.Round(value * 255 / 4095.0)))];

        CollectionAssert.AreEqual(expected, TiffKindsTest.Gray(tiff, new SampleRange(0, 4095)));
        CollectionAssert.AreEqual(expected, TiffKindsTest.Gray(png, new SampleRange(0, 4095)));
        CollectionAssert.AreEqual(new[] { 0, 0, 4, 8, 14, 16, 19 }, TiffKindsTest.Gray(tiff));
        CollectionAssert.AreEqual(new[] { 0, 0, 4, 8, 14, 16, 19 }, TiffKindsTest.Gray(png));
    }

    [TestMethod]
    public void Decode_RangeAndAlpha_KeepsTheAlpha()
    {
        using var image = ImageDecoder.Decode(TestPng.Build(1, 1, 16, 4, [4095, 32_896]), "x.png", new SampleRange(0, 4095));

        CollectionAssert.AreEqual(new byte[] { 255, 255, 255, 128 }, ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Decode_EightBitsOrPalette_HaveNoUseForARange()
    {
        byte[] palette = new RawTiff(2, 1)
        {
            Depth = 16,
            Colour = Photometric.PALETTE,
            Fields = { [TiffTag.COLORMAP] = [.. Enumerable.Repeat(0x8080, 3 << 16)] },
        }.ToBytes([1, 0, 2, 0]);

        CollectionAssert.AreEqual(
            new[] { 7, 200 }, TiffKindsTest.Gray(new RawTiff(2, 1).ToBytes([7, 200]), new SampleRange(0, 4095)));
        CollectionAssert.AreEqual(new[] { 128, 128 }, TiffKindsTest.Gray(palette, new SampleRange(0, 1)));
    }

    [TestMethod]
    public void Decode_SignedIntegers_HaveTheRangeOfTheirTypeOrTheOneGiven()
    {
        byte[] file = Numbers(
            16, SampleFormat.INT, [.. new short[] { -32_768, -1000, 0, 400, 32_767 }.SelectMany(BitConverter.GetBytes)]);

        CollectionAssert.AreEqual(new[] { 0, 124, 128, 129, 255 }, TiffKindsTest.Gray(file));
        CollectionAssert.AreEqual(new[] { 0, 0, 182, 255, 255 }, TiffKindsTest.Gray(file, new SampleRange(-1000, 400)));
    }

    [TestMethod]
    [DataRow(SampleFormat.UINT)]
    [DataRow(SampleFormat.INT)]
    public void Decode_WideIntegers_NeedARange(SampleFormat format)
    {
        byte[] file = Numbers(32, format, [.. new[] { 0, 25_000, 100_000 }.SelectMany(BitConverter.GetBytes)]);

        CollectionAssert.AreEqual(new[] { 0, 64, 255 }, TiffKindsTest.Gray(file, new SampleRange(0, 100_000)));
        string message = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "wide.tif")).Message;
        StringAssert.Contains(message, "32 bits");
        StringAssert.Contains(message, "--range");
    }

    [TestMethod]
    public void Decode_Floats_AreZeroToOneWhereNoRangeIsGiven()
    {
        foreach (byte[] unit in new[]
        {
            Numbers(16, SampleFormat.IEEEFP,
                [.. new Half[] { (Half)0, (Half)0.25, Half.NaN, (Half)1 }.SelectMany(BitConverter.GetBytes)]),
            Numbers(32, SampleFormat.IEEEFP, [.. new[] { 0, 0.25f, float.NaN, 1 }.SelectMany(BitConverter.GetBytes)]),
            Numbers(64, SampleFormat.IEEEFP, [.. new[] { 0, 0.25, double.NaN, 1 }.SelectMany(BitConverter.GetBytes)]),
        })
        {
            CollectionAssert.AreEqual(new[] { 0, 64, 0, 255 }, TiffKindsTest.Gray(unit));
        }
        byte[] beyond = Numbers(32, SampleFormat.IEEEFP, [.. new[] { 0, 128f, 255, 300 }.SelectMany(BitConverter.GetBytes)]);
        CollectionAssert.AreEqual(new[] { 0, 128, 255, 255 }, TiffKindsTest.Gray(beyond, new SampleRange(0, 255)));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(beyond, "x.tif")).Message,
            "the value 128, expected 0 to 1");
    }

    [TestMethod]
    public void Measure_FileWithoutFiniteSample_DoesNotWidenTheRange()
    {
        using var folder = new ImagesTestFolder();
        string none = folder.Write("none.tif", Numbers(32, SampleFormat.IEEEFP, BitConverter.GetBytes(float.NaN)));
        string some = folder.Write(
            "some.tif", Numbers(32, SampleFormat.IEEEFP, [.. new[] { 5f, 7f }.SelectMany(BitConverter.GetBytes)]));

        Assert.AreEqual(new SampleRange(5, 7), SampleRange.Measure([none, some]));
        Assert.IsNull(SampleRange.Measure([none]));
    }

    private static byte[] Numbers(int depth, SampleFormat format, byte[] bytes) =>
        new RawTiff(bytes.Length * 8 / depth, 1)
        {
            Depth = depth,
            Fields = { [TiffTag.SAMPLEFORMAT] = [(int)format] },
        }.ToBytes(bytes);
}
