using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageHeaderTest
{
    public static IEnumerable<object[]> Kinds => ImageCorpus.Kinds.Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void TryReadSize_EveryKind_IsTheDecodedSize(string kind) => AssertIsDecodedSize(ImageCorpus.File(kind));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(8)]
    public void TryReadSize_FileThatIsStoredTurned_IsTheUprightSize(int orientation)
    {
        byte[] exif = ImageDecoderTest.Tiff(orientation, bigEndian: true);
        using SKBitmap picture = ImageCorpus.Picture(7, 3);
        AssertIsDecodedSize(TestPng.Build(7, 3, 8, 0, new ushort[21], exif: exif));
        AssertIsDecodedSize(TestWebp.WithExif(TestWebp.Lossless(picture), exif));
        AssertIsDecodedSize(TestJpeg.WithSegments(TestJpeg.Gray(16, 8, [1, 2]), (0xE1, [.. "Exif\0\0"u8, .. exif])));
    }

    [TestMethod]
    public void TryReadSize_NoImage_IsNull()
    {
        using var folder = new ImagesTestFolder();

        Assert.IsNull(ImageHeader.TryReadSize(folder["none.png"]));
        Assert.IsNull(ImageHeader.TryReadSize(folder.Write("text.png", "hello world"u8.ToArray())));
        Assert.IsNull(ImageHeader.TryReadSize(folder.Write("cut.jpg", PillowFiles.GrayJpeg[..20])));
    }

    [TestMethod]
    public void TryReadSize_SideOfNothing_IsNull()
    {
        byte[] png = TestPng.Build(2, 2, 8, 0, new ushort[4]), bmp = TestBmp.Rgb24(1, 1, [1, 2, 3]);
        png.AsSpan(16, 4).Clear();
        bmp.AsSpan(22, 4).Clear();
        using var folder = new ImagesTestFolder();

        Assert.IsNull(ImageHeader.TryReadSize(folder.Write("x.png", png)));
        Assert.IsNull(ImageHeader.TryReadSize(folder.Write("x.bmp", bmp)));
    }

    [TestMethod]
    public void TryReadSize_EveryHeaderOfBmp_IsTheDecodedSize()
    {
        foreach (int header in new[] { 12, 40, 52, 56, 64, 108, 124 })
        {
            AssertIsDecodedSize(new RawBmp(header, 24, 7, 5).ToBytes());
            if (header != 12) AssertIsDecodedSize(new RawBmp(header, 8, 7, -5).ToBytes());
        }
    }

    [TestMethod]
    public void TryReadSize_DamagedTiffThatIsARawPhotographToSkia_IsNull()
    {
        // Skia's reader of raw photographs takes 12 seconds for it.
        byte[] file = Convert.FromHexString(
            "49492a0008000000020000090440104908000002ffcc02010200038000ff02000000ff000000ffe100476874746f3a");
        using var folder = new ImagesTestFolder();

        Assert.IsNull(ImageHeader.TryReadSize(folder.Write("x.tif", file)));
    }

    private static void AssertIsDecodedSize(byte[] file)
    {
        using var folder = new ImagesTestFolder();
        using MLImage image = ImageDecoder.Decode(file, "x");

        Assert.AreEqual((image.Width, image.Height), ImageHeader.TryReadSize(folder.Write("x", file)));
    }
}
