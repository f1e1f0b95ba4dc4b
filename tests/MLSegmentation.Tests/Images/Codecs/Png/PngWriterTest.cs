using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PngWriterTest
{
    private static readonly Rgb[] _palette =
        [.. Enumerable.Range(0, 256).Select(i => new Rgb((byte)i, (byte)(255 - i), (byte)(i * 7)))];

    [TestMethod]
    public void WriteIndexed_RandomMasks_ReadBackEqual()
    {
        using var folder = new ImagesTestFolder();
        var random = new Random(1);
        foreach ((int width, int height, int classes) in new[] { (1, 1, 1), (7, 3, 2), (64, 48, 21), (129, 65, 256) })
        {
            var indices = new byte[width * height];
            for (int i = 0; i < indices.Length; i++) indices[i] = (byte)random.Next(classes);

            PngWriter.WriteIndexed(folder["mask.png"], indices, width, height, _palette[..classes]);

            LabelImage read = LabelImageReader.Read(folder["mask.png"]);
            Assert.AreEqual((width, height), (read.Width, read.Height));
            CollectionAssert.AreEqual(indices.Select(index => (ushort)index).ToArray(), read.Values);
            CollectionAssert.AreEqual(new[] { "mask.png" }, folder.FileNames);
        }
    }

    [TestMethod]
    public void WriteIndexed_AnotherDecoder_ShowsThePalette()
    {
        using var folder = new ImagesTestFolder();
        PngWriter.WriteIndexed(folder["mask.png"], [0, 1, 2, 200], 2, 2, _palette);

        using SKBitmap bitmap = SKBitmap.Decode(folder["mask.png"]);

        CollectionAssert.AreEqual(
            new[] { 0, 1, 2, 200 }.Select(i => new SKColor(_palette[i].R, _palette[i].G, _palette[i].B)).ToArray(),
            bitmap.Pixels);
    }

    [TestMethod]
    public void WriteIndexed_IndexWithoutColour_SaysWhereAndWritesNothing()
    {
        using var folder = new ImagesTestFolder();

        var error = Assert.ThrowsExactly<ArgumentException>(
            () => PngWriter.WriteIndexed(folder["a.png"], [0, 1, 2, 3, 0, 0], 3, 2, _palette[..3]));

        StringAssert.Contains(error.Message, "x 0, y 1 is 3");
        Assert.IsEmpty(folder.FileNames);
    }

    [TestMethod]
    public void WriteGray_RandomValues_ReadBackEqual()
    {
        using var folder = new ImagesTestFolder();
        var gray = new byte[31 * 17];
        new Random(4).NextBytes(gray);

        PngWriter.WriteGray(folder["a.png"], gray, 31, 17);

        LabelImage read = LabelImageReader.Read(folder["a.png"]);
        Assert.AreEqual((31, 17), (read.Width, read.Height));
        CollectionAssert.AreEqual(gray.Select(value => (ushort)value).ToArray(), read.Values);
        using SKBitmap bitmap = SKBitmap.Decode(folder["a.png"]);
        CollectionAssert.AreEqual(gray.Select(value => new SKColor(value, value, value)).ToArray(), bitmap.Pixels);
    }

    [TestMethod]
    public void WriteGray_WrongLength_SaysWhatIsExpected()
    {
        using var folder = new ImagesTestFolder();

        var error = Assert.ThrowsExactly<ArgumentException>(() => PngWriter.WriteGray(folder["a.png"], new byte[5], 2, 2));

        StringAssert.Contains(error.Message, "There are 5 gray values, expected 2 × 2");
        Assert.IsEmpty(folder.FileNames);
    }

    [TestMethod]
    public void WriteIndexed_InPieces_ReadsBackEqual()
    {
        using var folder = new ImagesTestFolder();
        const int Width = 1500, Height = 1200;
        var indices = new byte[Width * Height];
        new Random(5).NextBytes(indices);

        // Noise does not shrink, so that there are two chunks of image data.
        PngWriter.WriteIndexed(folder["mask.png"], Width, Height, _palette, rows =>
        {
            for (int y = 0; y < Height; y += 100) rows.Write(indices.AsSpan(y * Width, 100 * Width));
        });

        CollectionAssert.AreEqual(
            indices.Select(index => (ushort)index).ToArray(), LabelImageReader.Read(folder["mask.png"]).Values);
        CollectionAssert.AreEqual(new[] { "mask.png" }, folder.FileNames);
    }

    [TestMethod]
    public void WriteIndexed_RowsMissingTooManyOrHalf_WritesNothing()
    {
        using var folder = new ImagesTestFolder();

        var missing = Assert.ThrowsExactly<InvalidOperationException>(
            () => PngWriter.WriteIndexed(folder["a.png"], 3, 2, _palette, rows => rows.Write(new byte[3])));
        var many = Assert.ThrowsExactly<ArgumentException>(
            () => PngWriter.WriteIndexed(folder["a.png"], 3, 2, _palette, rows => rows.Write(new byte[9])));
        Assert.ThrowsExactly<ArgumentException>(
            () => PngWriter.WriteIndexed(folder["a.png"], 3, 2, _palette, rows => rows.Write(new byte[4])));

        StringAssert.Contains(missing.Message, "1 rows were written, expected 2");
        StringAssert.Contains(many.Message, "9 indices, expected 3 for each of up to 2 rows");
        Assert.IsEmpty(folder.FileNames);
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32)]
    [DataRow(MLPixelFormat.Rgba32)]
    public void WriteRgb_RandomImage_ReadsBackEqualWithoutAlpha(MLPixelFormat format)
    {
        using var folder = new ImagesTestFolder();
        var pixels = new byte[31 * 17 * 4];
        new Random(2).NextBytes(pixels);
        using MLImage image = MLImage.CreateFromPixels(31, 17, format, pixels);

        PngWriter.WriteRgb(folder["a.png"], image);

        using MLImage read = ImageDecoder.Decode(folder["a.png"]);
        byte[] expected = [.. pixels.Chunk(4)
            .SelectMany(p => format == MLPixelFormat.Bgra32 ? new byte[] { p[0], p[1], p[2], 255 } : [p[2], p[1], p[0], 255])];
        CollectionAssert.AreEqual(expected, read.Pixels.ToArray());
    }

    [TestMethod]
    public void EncodeRgb_RandomPixels_AnotherDecoderShowsThem()
    {
        var rgb = new byte[31 * 17 * 3];
        new Random(3).NextBytes(rgb);

        using SKBitmap bitmap = SKBitmap.Decode(PngWriter.EncodeRgb(rgb, 31, 17));

        Assert.AreEqual((31, 17), (bitmap.Width, bitmap.Height));
        CollectionAssert.AreEqual(
            rgb.Chunk(3).Select(pixel => new SKColor(pixel[0], pixel[1], pixel[2])).ToArray(), bitmap.Pixels);
    }

    [TestMethod]
    public void EncodeRgb_WrongLength_SaysWhatIsExpected()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => PngWriter.EncodeRgb(new byte[4], 2, 1));

        StringAssert.Contains(error.Message, "There are 4 bytes of pixels, expected 3 × 2 × 1");
    }
}
