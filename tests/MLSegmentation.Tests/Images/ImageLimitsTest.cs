using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>Few bytes take little memory and little time, and large images take turns.</summary>
[TestClass]
public sealed class ImageLimitsTest
{
    [TestMethod]
    public void Decode_FewBytesThatClaimMuch_IsRefused()
    {
        using SKBitmap picture = ImageCorpus.Picture(16, 16);
        using SKData lossy = picture.Encode(SKEncodedImageFormat.Webp, 50);
        byte[] webp = lossy.ToArray(), gif = TestGif.Build(16, 16, ImageCorpus.Levels(256));
        (webp[26], webp[27], webp[28], webp[29]) = (0xFF, 0x3F, 0xFF, 0x3F);
        (gif[6], gif[7], gif[8], gif[9]) = (0x20, 0x4E, 0x20, 0x4E);

        AssertIsRefused(webp, "too few for 16383×16383 pixels");
        AssertIsRefused(gif, "too few for 20000×20000 pixels");
        AssertIsRefused(TestBmp.Build(20_000, 20_000, 8, 1, [0, 1], 0), "too few for 20000×20000 pixels");
    }

    [TestMethod]
    public void Decode_ProgressiveJpegThatNeedsMoreThanTheLimit_IsRefused()
    {
        // 6 bytes of coefficients for each pixel besides its own 4: 20,000×19,000 pixels take 3.8 GB.
        byte[] file = [.. PillowFiles.ProgressiveJpeg[..^2], .. new byte[60_000], 0xFF, 0xD9];
        int frame = file.AsSpan().IndexOf(new byte[] { 0xFF, 0xC2 });
        (file[frame + 5], file[frame + 6], file[frame + 7], file[frame + 8], file[frame + 11]) = (0x4A, 0x38, 0x4E, 0x20, 0x11);

        AssertIsRefused(file, "MB to decode, expected at most 2048 MB");
    }

    [TestMethod]
    public void Decode_JpegOfVeryManyScans_IsRefused()
    {
        byte[] file = PillowFiles.ProgressiveJpeg;
        int scan = file.AsSpan().LastIndexOf(new byte[] { 0xFF, 0xDA });
        byte[] last = file[scan..^2];

        AssertIsRefused(
            [.. file[..^2], .. Enumerable.Repeat(last, 200).SelectMany(bytes => bytes), 0xFF, 0xD9], "more than 100 scans");
    }

    [TestMethod]
    public async Task Take_MoreThanIsLeft_WaitsForThoseBefore()
    {
        IDisposable first = ImageMemory.Take(ImageMemory.Bytes - 10);
        IDisposable little = ImageMemory.Take(10);
        Task<IDisposable> second = Task.Run(() => ImageMemory.Take(ImageMemory.Bytes));

        little.Dispose();
        Assert.IsFalse(second.IsCompleted);
        first.Dispose();
        first.Dispose();

        (await second).Dispose();
    }

    [TestMethod]
    public void Decode_LargeImage_GivesItsMemoryBack()
    {
        // 80 MB of pixels are the system's, not the garbage collector's.
        byte[] file = TestPng.FromChunks(
            ("IHDR", [0, 0, 0x13, 0x88, 0, 0, 0x0F, 0xA0, 1, 0, 0, 0, 0]), ("IDAT", TestPng.Deflate(new byte[626 * 4000])),
            ("IEND", []));
        using var folder = new ImagesTestFolder();
        string path = folder.Write("large.png", file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        using (DecodedImage image = ImageDecoder.DecodePixels(path, leastSize: null))
            Assert.AreEqual(-1, image.Pixels[..1000].IndexOfAnyExcept((byte)0, (byte)255));

        Assert.IsLessThan(4 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertIsRefused(byte[] file, string expected)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x"));

        StringAssert.Contains(error.Message, expected);
        Assert.IsLessThan(4 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
