using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageSourceTest
{
    private const byte Exif = 0xE1;

    [TestMethod]
    public void Open_JpegOnItsSide_HasTheUprightSizeAndIsReducedByIt()
    {
        // Stored as 48×32; upright it is 32×48, an eighth of which is 4×6.
        byte[] content = [.. "Exif\0\0"u8, .. ImageDecoderTest.Tiff((int)SKEncodedOrigin.RightTop, bigEndian: true)];
        byte[] jpeg = TestJpeg.WithSegments(ImageCorpus.Encode(SKEncodedImageFormat.Jpeg, 80, 48, 32), (Exif, content));

        using OpenedImage opened = ImageSource.OfBytes(jpeg, "x.jpg").Open(range: null);
        using DecodedImage small = opened.Decode((4, 5), madeBytes: 0), whole = opened.Decode(leastSize: null, madeBytes: 0);

        Assert.AreEqual((32, 48), (opened.Width, opened.Height));
        Assert.AreEqual((4, 6, 32, 48), (small.Width, small.Height, small.FullWidth, small.FullHeight));
        Assert.AreEqual((32, 48), (whole.Width, whole.Height));
    }

    [TestMethod]
    public void Open_FileOfWhichOnlyTheHeaderIsSound_HasItsSize()
    {
        byte[] png = TestPng.FromChunks(("IHDR", [0, 0, 0, 7, 0, 0, 0, 5, 8, 2, 0, 0, 0]), ("IDAT", [1, 2, 3]), ("IEND", []));

        using OpenedImage opened = ImageSource.OfBytes(png, "x.png").Open(range: null);

        Assert.AreEqual((7, 5), (opened.Width, opened.Height));
        Assert.ThrowsExactly<InvalidDataException>(() => opened.Decode(leastSize: null, madeBytes: 0));
    }

    [TestMethod]
    public void Decode_FileItsBytesAndItsImage_AreTheSamePixels()
    {
        using var folder = new ImagesTestFolder();
        byte[] file = ImageCorpus.Encode(SKEncodedImageFormat.Png, 100, 20, 10);
        string path = folder.Write("x.png", file);
        using MLImage image = ImageDecoder.Decode(path);
        byte[] expected = image.Pixels.ToArray();

        foreach (ImageSource source in (ImageSource[])[ImageSource.OfFile(path), ImageSource.OfBytes(file, "x.png"),
            ImageSource.Of(image)])
        {
            using OpenedImage opened = source.Open(range: null);
            using DecodedImage decoded = opened.Decode(leastSize: null, madeBytes: 0);
            Assert.AreEqual(image.PixelFormat, decoded.Format);
            CollectionAssert.AreEqual(expected, decoded.Pixels.ToArray());

            using ImageRowReader rows = source.OpenRows(range: null);
            Assert.AreEqual((20, 10), (rows.Width, rows.Height));
        }
    }

    [TestMethod]
    public void FreePixels_ImageInMemory_StaysItsOwners()
    {
        using MLImage image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255]);
        using DecodedImage decoded = ImageSource.Of(image).Open(range: null).Decode(leastSize: null, madeBytes: 4);
        Assert.AreEqual(MLPixelFormat.Rgba32, decoded.Format);

        using IDisposable? share = decoded.FreePixels();

        Assert.IsNotNull(share);
        Assert.AreEqual(0, decoded.Pixels.Length);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 255 }, image.Pixels.ToArray());
    }
}
