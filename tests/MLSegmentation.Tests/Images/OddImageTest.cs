using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>Sound files that are unusual: very narrow, very wide, turned, animated, or that claim more than they hold.</summary>
[TestClass]
public sealed class OddImageTest
{
    private const long Little = 1 << 20;

    public static IEnumerable<object[]> Sizes =>
        from size in new[] { (1, 1), (1, 10_000), (16_000, 1), (65_000, 1) }
        from kind in new[] { "png", "png16", "bmp", "gif", "jpeg", "webp" }
        where kind != "webp" || size.Item1 < 16_384
        select new object[] { kind, size.Item1, size.Item2 };

    public static IEnumerable<object[]> Orientations =>
        from orientation in Enumerable.Range(1, 8)
        from kind in new[] { "png", "png16", "webp" }
        select new object[] { kind, orientation };

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void Decode_NarrowOrWide_HasEveryPixel(string kind, int width, int height)
    {
        byte[] gray = ImageCorpus.Levels(width * height);
        byte[] rgb = [.. gray.SelectMany(value => new[] { value, value, value })];
        if (kind == "jpeg") gray = [.. gray.Select((_, i) => gray[Block(i)])];
        using SKBitmap bitmap = new(width, height) { Pixels = [.. gray.Select(value => new SKColor(value, value, value))] };
        byte[] file = kind switch
        {
            "png" => TestPng.Build(width, height, 8, 2, [.. rgb.Select(value => (ushort)value)]),
            "png16" => TestPng.Build(width, height, 16, 0, [.. gray.Select(value => (ushort)(257 * value))]),
            "bmp" => TestBmp.Rgb24(width, height, rgb),
            "gif" => TestGif.Build(width, height, gray),
            "jpeg" => TestJpeg.Gray(
                width, height, [.. Enumerable.Range(0, gray.Length).Where(i => Block(i) == i).Select(i => gray[i])], 100),
            _ => TestWebp.Lossless(bitmap),
        };

        using MLImage image = ImageDecoder.Decode(file, "x");

        Assert.AreEqual((width, height), (image.Width, image.Height));
        byte[] expected =
            [.. gray.SelectMany(
                value => kind == "gif" ? [.. TestGif.Colour(value), 255] : new byte[] { value, value, value, 255 })];
        CollectionAssert.AreEqual(expected, ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    [DynamicData(nameof(Orientations))]
    public void Decode_PngOrWebpWithOrientation_IsUpright(string kind, int orientation)
    {
        const int width = 3, height = 2;
        byte[] exif = ImageDecoderTest.Tiff(orientation, bigEndian: true);
        using SKBitmap bitmap = new(width, height)
        {
            Pixels = [.. Enumerable.Range(0, 6).Select(i => new SKColor((byte)i, 0, 0))],
        };
        byte[] file = kind switch
        {
            "png" => TestPng.Build(width, height, 8, 0, [0, 1, 2, 3, 4, 5], exif: exif),
            "png16" => TestPng.Build(width, height, 16, 0, [0, 257, 514, 771, 1028, 1285], exif: exif),
            _ => TestWebp.WithExif(TestWebp.Lossless(bitmap), exif),
        };

        using MLImage image = ImageDecoder.Decode(file, "x");

        // EXIF 2.3, tag 0x0112: where row 0 and column 0 of 0 1 2 / 3 4 5 belong.
        byte[][] upright = [[0, 1, 2, 3, 4, 5], [2, 1, 0, 5, 4, 3], [5, 4, 3, 2, 1, 0], [3, 4, 5, 0, 1, 2],
            [0, 3, 1, 4, 2, 5], [3, 0, 4, 1, 5, 2], [5, 2, 4, 1, 3, 0], [2, 5, 1, 4, 0, 3]];
        Assert.AreEqual(orientation < 5 ? (width, height) : (height, width), (image.Width, image.Height));
        CollectionAssert.AreEqual(upright[orientation - 1], ImageDecoderTest.Rgba(image).Where((_, i) => i % 4 == 0).ToArray());
    }

    [TestMethod]
    public void Decode_AnimatedGif_GivesTheFirstPicture()
    {
        byte[] first = ImageCorpus.Levels(20), second = [.. first.Select(value => (byte)(127 - value))];

        using MLImage image = ImageDecoder.Decode(TestGif.Build(5, 4, first, second), "x.gif");

        CollectionAssert.AreEqual(
            first.SelectMany(index => (byte[])[.. TestGif.Colour(index), 255]).ToArray(), ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Decode_AnimatedWebp_GivesTheFirstPicture()
    {
        using SKBitmap first = ImageCorpus.Picture(6, 4), second = new(6, 4);
        second.Erase(SKColors.Red);

        using MLImage image = ImageDecoder.Decode(
            TestWebp.Animated(6, 4, TestWebp.Lossless(first), TestWebp.Lossless(second)), "x.webp");

        byte[] expected = [.. first.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue, pixel.Alpha })];
        CollectionAssert.AreEqual(expected, ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Decode_GifWhosePictureIsSmallerThanItsScreen_IsTransparentAround()
    {
        byte[] file = [.. TestGif.Start(4, 3), .. TestGif.Picture(1, 1, 2, 1, [7, 9]), 0x3B];

        using MLImage image = ImageDecoder.Decode(file, "x.gif");

        byte[] expected = new byte[4 * 12];
        ((byte[])[.. TestGif.Colour(7), 255, .. TestGif.Colour(9), 255]).CopyTo(expected, 4 * 5);
        CollectionAssert.AreEqual(expected, ImageDecoderTest.Rgba(image));
    }

    [TestMethod]
    public void Decode_BmpKinds_AreRight()
    {
        using MLImage topDown = ImageDecoder.Decode(
            TestBmp.Build(2, -2, 24, 0, [3, 2, 1, 6, 5, 4, 0, 0, 9, 8, 7, 12, 11, 10, 0, 0]), "x.bmp");
        CollectionAssert.AreEqual(
            new byte[] { 1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255 }, ImageDecoderTest.Rgba(topDown));

        // Run lengths: four of index 1, end of row; two of index 0, two of index 1, end of image. The last row comes first.
        using MLImage runs = ImageDecoder.Decode(
            TestBmp.Build(4, 2, 8, 1, [4, 1, 0, 0, 2, 0, 2, 1, 0, 1], 0x010203, 0x0A0B0C), "x.bmp");
        CollectionAssert.AreEqual(
            new byte[] { 1, 1, 10, 10, 10, 10, 10, 10 }, ImageDecoderTest.Rgba(runs).Where((_, i) => i % 4 == 0).ToArray());
    }

    [TestMethod]
    public void Decode_MorePixelsThanAreTaken_IsRefusedWithoutMemory()
    {
        byte[] webp = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0x7F];
        byte[] png = TestPng.FromChunks(
            ("IHDR", [0, 0, 0x4E, 0x21, 0, 0, 0x4E, 0x20, 8, 0, 0, 0, 0]), ("IDAT", TestPng.Deflate(new byte[100])),
            ("IEND", []));
        AssertIsRefused(TestGif.Build(65_535, 65_535, [.. new byte[100]]));
        AssertIsRefused(TestBmp.Build(20_001, 20_000, 8, 1, [0, 1], 0));
        AssertIsRefused(TestBmp.Build(int.MaxValue, int.MaxValue, 24, 0, new byte[100]));
        AssertIsRefused(TestBmp.Build(int.MaxValue, int.MinValue, 32, 0, new byte[100]));
        AssertIsRefused(png);
        AssertIsRefused(webp);
    }

    [TestMethod]
    public void Decode_FewBytesThatClaimAllowedPixels_IsRefusedWithoutMemory()
    {
        byte[] header = [0, 0, 0x4E, 0x1F, 0, 0, 0x4E, 0x1F, 16, 6, 0, 0, 0];
        AssertIsRefused(TestBmp.Build(19_999, 19_999, 24, 0, new byte[100]));
        AssertIsRefused(TestPng.FromChunks(("IHDR", header), ("IDAT", TestPng.Deflate(new byte[100])), ("IEND", [])));
        Assert.ThrowsExactly<InvalidDataException>(
            () => LabelImageReader.Read(
                TestPng.FromChunks(("IHDR", header), ("IDAT", TestPng.Deflate(new byte[100])), ("IEND", [])), "x.png"));
    }

    /// <summary>For each pixel the first of its block, in a picture that is one pixel wide or high.</summary>
    private static int Block(int pixel) => pixel / 8 * 8;

    private static void AssertIsRefused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "big-file"));

        StringAssert.Contains(error.Message, "big-file");
        Assert.IsLessThan(Little, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
