using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>Sound image files of every kind that is decoded, to be damaged.</summary>
internal static class ImageCorpus
{
    private const int Width = 40;
    private const int Height = 30;

    public static readonly string[] Kinds =
        ["png", "png16", "palette", "jpeg", "restarts", "progressive", "cmyk", "bmp", "gif", "webp", "lossless",
            "tiff", "bigtiff"];

    public static byte[] File(string kind) => kind switch
    {
        "png" => Encode(SKEncodedImageFormat.Png, 100, Width, Height),
        "png16" => TestPng.Build(9, 7, 16, 2, PngReaderTest.RandomSamples(9, 7, 16, 2)),
        "palette" => PillowFiles.Palette4Png,
        "jpeg" => Encode(SKEncodedImageFormat.Jpeg, 80, Width, Height),
        "restarts" => TestJpeg.Gray(80, 64, Levels(80), interval: 3),
        "progressive" => PillowFiles.ProgressiveJpeg,
        "cmyk" => PillowFiles.CmykJpeg,
        "bmp" => TestBmp.Rgb24(Width, Height, Bytes(3 * Width * Height)),
        "gif" => TestGif.Build(Width, Height, Levels(Width * Height)),
        "webp" => Encode(SKEncodedImageFormat.Webp, 80, Width, Height),
        "lossless" => TestWebp.Lossless(Picture(Width, Height)),
        "tiff" =>
            new TestTiff(Width, Height) { Tile = 16, Compression = Compression.LZW }.ToBytes([.. Bytes(3 * Width * Height)]),
        "bigtiff" => BigTiff.Gray(Width, Height, Levels(Width * Height)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No file of that kind."),
    };

    public static byte[] Encode(SKEncodedImageFormat format, int quality, int width, int height)
    {
        using SKBitmap bitmap = Picture(width, height);
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>A smooth picture with some noise.</summary>
    public static SKBitmap Picture(int width, int height)
    {
        byte[] noise = Bytes(width * height);
        var bitmap = new SKBitmap(width, height);
        bitmap.Pixels =
            [.. noise.Select((value, i) => new SKColor((byte)(i % width * 6), (byte)(i / width * 8), (byte)(value / 2)))];
        return bitmap;
    }

    /// <summary>Seeded levels of 0 to 127.</summary>
    public static byte[] Levels(int count) => [.. Bytes(count).Select(value => (byte)(value / 2))];

    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(11).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The file with one bit flipped, the seed says which.</summary>
    public static byte[] WithFlippedBit(byte[] file, Random random)
    {
        byte[] flipped = [.. file];
        int bit = random.Next(8 * file.Length);
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
