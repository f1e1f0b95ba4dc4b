using System.Buffers.Binary;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageDecoderTest
{
    [TestMethod]
    [DataRow(1, "RGBW")]
    [DataRow(2, "GRWB")]
    [DataRow(3, "WBGR")]
    [DataRow(4, "BWRG")]
    [DataRow(5, "RBGW")]
    [DataRow(6, "BRWG")]
    [DataRow(7, "WGBR")]
    [DataRow(8, "GWRB")]
    public void Decode_JpegWithOrientation_IsUpright(int orientation, string corners)
    {
        foreach (bool bigEndian in new[] { false, true })
        {
            using MLImage image = ImageDecoder.Decode(WithOrientation(Quarters(48, 32), orientation, bigEndian), "x.jpg");

            Assert.AreEqual(orientation < 5 ? (48, 32) : (32, 48), (image.Width, image.Height));
            (int right, int bottom) = (image.Width - 4, image.Height - 4);
            Assert.AreEqual(
                corners, $"{Name(image, 3, 3)}{Name(image, right, 3)}{Name(image, 3, bottom)}{Name(image, right, bottom)}");
        }
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(16)]
    public void Decode_PngWithOrientation_IsUpright(int depth)
    {
        ushort one = (ushort)(depth == 8 ? 1 : 257);
        ushort[] samples = [one, (ushort)(2 * one), (ushort)(3 * one), (ushort)(4 * one), (ushort)(5 * one), (ushort)(6 * one)];

        using MLImage image = ImageDecoder.Decode(
            TestPng.Build(3, 2, depth, 0, samples, exif: Tiff(6, bigEndian: true)), "x.png");

        Assert.AreEqual((2, 3), (image.Width, image.Height));
        CollectionAssert.AreEqual(new byte[] { 4, 1, 5, 2, 6, 3 }, Rgba(image).Where((_, i) => i % 4 == 0).ToArray());
    }

    [TestMethod]
    public void Decode_WebpWithOrientation_IsUpright()
    {
        // The same picture with and without an EXIF chunk; RFC 9649: the size in the RIFF header leaves out its own 8 bytes.
        using SKBitmap bitmap = Noise(20, 10);
        using SKData encoded = bitmap.Encode(SKEncodedImageFormat.Webp, 100);
        byte[] stored = encoded.ToArray();
        byte[] exif = Tiff(3, bigEndian: false);
        byte[] turned = [.. stored, .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif];
        BinaryPrimitives.WriteInt32LittleEndian(turned.AsSpan(4), turned.Length - 8);

        using MLImage expected = ImageDecoder.Decode(stored, "x.webp");
        using MLImage actual = ImageDecoder.Decode(turned, "x.webp");

        CollectionAssert.AreEqual(Rgba(expected).Chunk(4).Reverse().SelectMany(pixel => pixel).ToArray(), Rgba(actual));
    }

    [TestMethod]
    public void Decode_PngWithAlpha_KeepsColoursStraight()
    {
        ushort[] samples = [10, 20, 30, 0, 200, 100, 50, 1, 255, 128, 3, 128, 7, 8, 9, 255];

        using MLImage image = ImageDecoder.Decode(TestPng.Build(4, 1, 8, 6, samples), "x.png");

        CollectionAssert.AreEqual(samples.Select(value => (byte)value).ToArray(), Rgba(image));
    }

    [TestMethod]
    public void Decode_SixteenBitGray_IsRounded()
    {
        using MLImage image = ImageDecoder.Decode(PillowFiles.Gray16Png, "x.png");

        // v · 255 / 65535: 128 is 0.498, 129 is 0.502, 300 is 1.167, 65534 is 254.996.
        byte[] expected = [0, 0, 0, 1, 1, 1, 255, 255];
        CollectionAssert.AreEqual(expected.SelectMany(value => new byte[] { value, value, value, 255 }).ToArray(), Rgba(image));
    }

    [TestMethod]
    public void Decode_SixteenBitColours_KeepChannelsAndAlpha()
    {
        ushort[] rgba = [0, 129, 65535, 32768, 257, 514, 771, 65535];
        using MLImage withAlpha = ImageDecoder.Decode(TestPng.Build(2, 1, 16, 6, rgba), "x.png");
        CollectionAssert.AreEqual(new byte[] { 0, 1, 255, 128, 1, 2, 3, 255 }, Rgba(withAlpha));

        ushort[] grayAlpha = [257, 0, 65535, 65535];
        using MLImage gray = ImageDecoder.Decode(TestPng.Build(2, 1, 16, 4, grayAlpha), "x.png");
        CollectionAssert.AreEqual(new byte[] { 1, 1, 1, 0, 255, 255, 255, 255 }, Rgba(gray));

        // The transparent colour is compared before rounding: the second pixel rounds to the same colour and stays opaque.
        ushort[] rgb = [257, 514, 771, 258, 514, 771];
        byte[] key = [1, 1, 2, 2, 3, 3];
        using MLImage keyed = ImageDecoder.Decode(TestPng.Build(2, 1, 16, 2, rgb, interlaced: true, transparency: key), "x.png");
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 0, 1, 2, 3, 255 }, Rgba(keyed));
    }

    [TestMethod]
    [DataRow(nameof(PillowFiles.Palette1Png), 2)]
    [DataRow(nameof(PillowFiles.Palette2Png), 4)]
    [DataRow(nameof(PillowFiles.Palette4Png), 16)]
    public void Decode_PalettePng_HasThePalettesColours(string file, int colours)
    {
        using MLImage image = ImageDecoder.Decode(Pillow(file), "x.png");

        byte[] expected = [.. Enumerable.Range(0, 15)
            .Select(i => i % colours).SelectMany(i => new byte[] { (byte)(7 * i), (byte)(255 - i), (byte)i, 255 })];
        CollectionAssert.AreEqual(expected, Rgba(image));
    }

    [TestMethod]
    public void Decode_PaletteWithTransparency_HasStraightAlpha()
    {
        byte[] data = TestPng.Build(2, 1, 8, 3, [0, 1], palette: [200, 100, 50, 1, 2, 3], transparency: [64]);

        using MLImage image = ImageDecoder.Decode(data, "x.png");

        CollectionAssert.AreEqual(new byte[] { 200, 100, 50, 64, 1, 2, 3, 255 }, Rgba(image));
    }

    [TestMethod]
    public void Decode_OneBitGray_IsBlackAndWhite()
    {
        using MLImage image = ImageDecoder.Decode(PillowFiles.Gray1Png, "x.png");

        CollectionAssert.AreEqual(new byte[] { 0, 255, 255, 255, 255, 0 }, Rgba(image).Where((_, i) => i % 4 == 0).ToArray());
    }

    [TestMethod]
    public void Decode_CmykJpeg_IsConverted()
    {
        using MLImage image = ImageDecoder.Decode(PillowFiles.CmykJpeg, "x.jpg");

        // (255 - 64) · (255 - 128) / 255 = 95 and 255 · 127 / 255 = 127.
        AssertNear([95, 127, 127, 255], Rgba(image)[..4], 3);
    }

    [TestMethod]
    public void Decode_ProgressiveAndGrayJpeg_AreRight()
    {
        using MLImage progressive = ImageDecoder.Decode(PillowFiles.ProgressiveJpeg, "x.jpg");
        using MLImage gray = ImageDecoder.Decode(PillowFiles.GrayJpeg, "x.jpg");

        AssertNear([120, 120, 96, 255], Rgba(progressive).AsSpan(4 * ((12 * 40) + 20), 4), 6);
        AssertNear([120, 120, 120, 255], Rgba(gray).AsSpan(4 * ((12 * 40) + 20), 4), 3);
    }

    [TestMethod]
    public void Decode_Bmp_IsRight()
    {
        using MLImage image = ImageDecoder.Decode(PillowFiles.Bmp, "x.bmp");

        AssertNear([80, 75, 84, 255], Rgba(image).AsSpan(4 * ((3 * 5) + 4), 4), 0);
    }

    [TestMethod]
    public void Decode_PathWithWrongExtension_DecodesAndIsNamed()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("photo.jpg", PillowFiles.Gray16Png);

        using MLImage image = ImageDecoder.Decode(path);

        Assert.AreEqual((4, 2), (image.Width, image.Height));
        Assert.AreEqual(path, image.Tag);
    }

    [TestMethod]
    [DataRow(nameof(PillowFiles.ProgressiveJpeg))]
    [DataRow(nameof(PillowFiles.GrayJpeg))]
    [DataRow(nameof(PillowFiles.CmykJpeg))]
    [DataRow(nameof(PillowFiles.Gray16Png))]
    [DataRow(nameof(PillowFiles.Palette4Png))]
    public void Decode_TruncatedAnywhere_NamesTheFile(string file)
    {
        byte[] data = Pillow(file);
        for (int length = 0; length < data.Length; length++)
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(
                () => ImageDecoder.Decode(data[..length], "cut-off"), $"{length} of {data.Length} bytes");
            StringAssert.Contains(error.Message, "cut-off");
        }
    }

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Webp)]
    [DataRow(SKEncodedImageFormat.Jpeg)]
    [DataRow(SKEncodedImageFormat.Png)]
    public void Decode_TruncatedPhotograph_IsAnError(SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = Noise(96, 64);
        using SKData encoded = bitmap.Encode(format, 90);
        byte[] data = encoded.ToArray();
        using MLImage whole = ImageDecoder.Decode(data, "whole");

        foreach (int missing in new[] { 1, 2, 3, 10, 100, data.Length / 3, data.Length / 2, data.Length - 30 })
        {
            Assert.ThrowsExactly<InvalidDataException>(
                () => ImageDecoder.Decode(data[..^missing], "cut"), $"{missing} bytes missing");
        }
    }

    [TestMethod]
    public void Decode_BmpTruncated_IsAnError() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(PillowFiles.Bmp[..80], "cut.bmp"));

    [TestMethod]
    public void Decode_BitFlippedInPng_IsAnError()
    {
        byte[] data = TestPng.Build(9, 7, 8, 2, PngReaderTest.RandomSamples(9, 7, 8, 2));
        for (int at = 8; at < data.Length; at++)
        {
            byte[] flipped = [.. data];
            flipped[at] ^= 0x10;
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(flipped, "flipped.png"), $"byte {at}");
        }
    }

    [TestMethod]
    public void Decode_NoImage_SaysWhatWasFound()
    {
        using var folder = new ImagesTestFolder();

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(folder.Write("a.png", []))).Message, "empty");
        var text = Assert.ThrowsExactly<InvalidDataException>(
            () => ImageDecoder.Decode(folder.Write("b.png", "hello world"u8.ToArray())));
        StringAssert.Contains(text.Message, "68656C6C6F20776F");
        StringAssert.Contains(text.Message, "b.png");
    }

    [TestMethod]
    public void Decode_MissingFileOrFolder_SaysWhich()
    {
        using var folder = new ImagesTestFolder();

        var missing = Assert.ThrowsExactly<FileNotFoundException>(() => ImageDecoder.Decode(folder["no/such.png"]));
        Assert.AreEqual(folder["no/such.png"], missing.FileName);
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => ImageDecoder.Decode(folder["."])).Message, "is a folder");
    }

    [TestMethod]
    public void Decode_TooManyPixels_IsAnErrorBeforeDecoding()
    {
        byte[] png = TestPng.FromChunks(
            ("IHDR", [0, 0, 0x4E, 0x21, 0, 0, 0x4E, 0x20, 8, 0, 0, 0, 0]), ("IDAT", TestPng.Deflate(new byte[100])),
            ("IEND", []));
        byte[] jpeg = Quarters(48, 32);
        int frame = jpeg.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 60_000);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(png, "big.png")).Message, "20001×20000");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(jpeg, "big.jpg")).Message, "60000×60000");
    }

    private static byte[] Pillow(string name) => (byte[])typeof(PillowFiles).GetField(name)!.GetValue(null)!;

    private static byte[] Quarters(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                SKColor top = x < width / 2 ? SKColors.Red : new SKColor(0, 255, 0);
                SKColor bottom = x < width / 2 ? SKColors.Blue : SKColors.White;
                bitmap.SetPixel(x, y, y < height / 2 ? top : bottom);
            }
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }

    private static SKBitmap Noise(int width, int height)
    {
        var random = new Random(6);
        var bitmap = new SKBitmap(width, height);
        for (int i = 0; i < width * height; i++)
            bitmap.SetPixel(i % width, i / width, new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)(i % 256)));
        return bitmap;
    }

    /// <summary>Puts an APP1 segment with one EXIF entry (tag 0x0112) behind the start of a JPEG.</summary>
    private static byte[] WithOrientation(byte[] jpeg, int orientation, bool bigEndian)
    {
        byte[] content = [.. "Exif\0\0"u8, .. Tiff(orientation, bigEndian)];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content, .. jpeg[2..]];
    }

    internal static byte[] Tiff(int orientation, bool bigEndian)
    {
        byte value = (byte)orientation;
        return bigEndian
            ? [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
            : [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0];
    }

    private static char Name(MLImage image, int x, int y)
    {
        Span<byte> p = Rgba(image).AsSpan(4 * ((y * image.Width) + x), 4);
        return (p[0] > 128, p[1] > 128, p[2] > 128) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, true) => 'W',
            _ => '?',
        };
    }

    internal static byte[] Rgba(MLImage image)
    {
        bool bgra = image.PixelFormat == MLPixelFormat.Bgra32;
        return [.. image.Pixels.ToArray().Chunk(4).SelectMany(p => bgra ? new[] { p[2], p[1], p[0], p[3] } : p)];
    }

    private static void AssertNear(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, int tolerance)
    {
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], (double)tolerance, $"channel {i}");
    }
}
