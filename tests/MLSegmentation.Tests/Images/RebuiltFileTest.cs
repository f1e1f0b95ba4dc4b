using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>Native code sees of a JPEG or WebP file what makes its pixels, and nothing else.</summary>
[TestClass]
public sealed class RebuiltFileTest
{
    private static readonly byte[] _secret = [.. "what the decoder has no need of"u8];

    public static IEnumerable<object[]> Jpegs =>
        new[] { "jpeg", "restarts", "progressive", "cmyk" }.Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Jpegs))]
    public void Rebuild_JpegWithEverythingBeside_HasThePixelsAndNoMore(string kind)
    {
        byte[] plain = ImageCorpus.File(kind);
        (byte, byte[])[] beside =
        [
            (0xE1, [.. "Exif\0\0"u8, .. _secret]), (0xE2, [.. "ICC_PROFILE\0\u0001\u0001"u8, .. _secret]),
            (0xE2, [.. "MPF\0"u8, .. _secret]),
            (0xE0, [.. "JFXX\0\u0010"u8, .. _secret]), (0xED, [.. "Photoshop 3.0\0"u8, .. _secret]), (0xEB, _secret),
            (0xFE, _secret),
        ];
        byte[] file = [.. TestJpeg.WithSegments(plain, beside), .. _secret];

        using ImageFileBytes rebuilt = JpegFile.Parse(file, "x.jpg").Rebuild();

        Assert.AreEqual(-1, rebuilt.Content.AsSpan().IndexOf(_secret));
        using MLImage expected = ImageDecoder.Decode(plain, "plain.jpg"), image = ImageDecoder.Decode(file, "x.jpg");
        CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray());
        CollectionAssert.AreEqual(SkiaOracle.Rgba(plain), ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Rebuild_JpegOfRgb_KeepsWhatTellsItsColours()
    {
        // The same three components are YCbCr, or with Adobe's marker and its transform 0 they are RGB.
        byte[] ycc = ImageCorpus.File("jpeg");
        byte[] rgb = TestJpeg.WithSegments(TestJpeg.WithoutSegment(ycc, 0xE0), (0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]));
        using MLImage image = ImageDecoder.Decode(rgb, "x.jpg");

        CollectionAssert.AreEqual(SkiaOracle.Rgba(rgb), ImageDecoderTest.Rgba(image));
        CollectionAssert.AreNotEqual(SkiaOracle.Rgba(ycc), ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    [DataRow(100)]
    [DataRow(80)]
    public void Rebuild_WebpWithEverythingBeside_HasThePixelsAndNoMore(int quality)
    {
        using SKBitmap picture = ImageCorpus.Picture(12, 10);
        picture.SetPixel(3, 3, new SKColor(9, 8, 7, 100));
        using SKData data = picture.Encode(SKEncodedImageFormat.Webp, quality);
        byte[] plain = data.ToArray();
        byte[] file = TestWebp.Extended(
            plain, 12, 10, ("ICCP", _secret), ("EXIF", _secret), ("XMP ", _secret), ("ABCD", _secret));

        using ImageFileBytes rebuilt = WebpFile.Parse(file, "x.webp").Rebuild();

        Assert.AreEqual(-1, rebuilt.Content.AsSpan().IndexOf(_secret));
        using MLImage expected = ImageDecoder.Decode(plain, "plain.webp"), image = ImageDecoder.Decode(file, "x.webp");
        CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray());
        CollectionAssert.AreEqual(SkiaOracle.Rgba(plain), ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Parse_WebpWhoseCanvasIsAnotherSize_IsAnError()
    {
        using SKBitmap picture = ImageCorpus.Picture(12, 10);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => ImageDecoder.Decode(TestWebp.Extended(TestWebp.Lossless(picture), 13, 10), "x.webp"));

        StringAssert.Contains(error.Message, "12×10 pixels that does not fit its canvas of 13×10");
    }

    [TestMethod]
    [DataRow(0xC3, 8)]
    [DataRow(0xC9, 8)]
    [DataRow(0xC1, 12)]
    public void Parse_JpegOfAnotherKind_IsNamed(int marker, int bits)
    {
        byte[] file = TestJpeg.Gray(16, 8, [1, 2]);
        int frame = file.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        (file[frame + 1], file[frame + 4]) = ((byte)marker, (byte)bits);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.jpg"));

        StringAssert.Contains(error.Message, $"of {bits} bits and 1 components (frame 0xFF{marker:X2})");
    }
}
