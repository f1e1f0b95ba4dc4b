using System.IO.Compression;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class IdxImageReaderTest
{
    // Two images, 3 wide and 2 high.
    private static readonly byte[] _images =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255];
    private static readonly byte[] _labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Open_Images_StreamsThemMoreThanOnce(bool compressed)
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("images", compressed ? Gzip(_images) : _images);

        IdxImageFile file = IdxImageReader.Open(path);

        Assert.AreEqual((2, 3, 2), (file.Count, file.Width, file.Height));
        for (int pass = 0; pass < 2; pass++)
        {
            byte[][] rows = [.. file.ReadPixels()];
            Assert.HasCount(2, rows);
            CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3, 4, 5 }, rows[0]);
            CollectionAssert.AreEqual(new byte[] { 250, 251, 252, 253, 254, 255 }, rows[1]);
        }
    }

    [TestMethod]
    public void Open_Link_ReadsTheFileItLeadsTo()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need rights there.");
        using var folder = new ImagesTestFolder();
        byte[] header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 20, 0, 0, 0, 30];
        string link = folder.Write("images", [.. header, .. new byte[2 * 20 * 30]]) + ".link";
        File.CreateSymbolicLink(link, "images");

        Assert.HasCount(2, IdxImageReader.Open(link).ReadPixels().ToArray());
    }

    [TestMethod]
    public void ReadImages_Gray_IsOpaqueAndNamed()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("images", _images);

        using MLImage image = IdxImageReader.Open(path).ReadImages().Last();

        Assert.AreEqual((3, 2), (image.Width, image.Height));
        CollectionAssert.AreEqual(new byte[] { 250, 250, 250, 255, 251, 251, 251, 255 }, image.Pixels[..8].ToArray());
        Assert.AreEqual(path + "#1", image.Tag);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ReadLabels_Labels_AreRead(bool compressed)
    {
        using var folder = new ImagesTestFolder();

        byte[] labels = IdxImageReader.ReadLabels(folder.Write("labels", compressed ? Gzip(_labels) : _labels));

        CollectionAssert.AreEqual(new byte[] { 7, 2, 1 }, labels);
    }

    [TestMethod]
    public void Open_LabelsFile_SaysWhatItIs()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("labels", _labels);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.Open(path));

        StringAssert.Contains(error.Message, "0x00000801 (a file of labels), expected 0x00000803");
        StringAssert.Contains(error.Message, path);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ReadPixels_TruncatedAnywhere_NamesTheFile(bool compressed)
    {
        using var folder = new ImagesTestFolder();
        byte[] data = compressed ? Gzip(_images) : _images;

        // What gzip has behind the pixels is the end of a block and 8 bytes of checksum and length: without them nothing is lost.
        for (int length = 0; length < data.Length - (compressed ? 10 : 0); length++)
        {
            string path = folder.Write("cut", data[..length]);
            var error = Assert.ThrowsExactly<InvalidDataException>(
                () => IdxImageReader.Open(path).ReadPixels().Count(), $"{length} bytes");
            StringAssert.Contains(error.Message, path);
        }
    }

    [TestMethod]
    public void ReadPixels_CompressedAndOneBitFlipped_IsAnError()
    {
        using var folder = new ImagesTestFolder();
        byte[] data = Gzip(_images);
        data[^5] ^= 1;
        string path = folder.Write("flipped", data);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.Open(path).ReadPixels().Count());

        StringAssert.Contains(error.Message, path);
    }

    [TestMethod]
    public void ReadLabels_Truncated_NamesTheFile()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("cut", _labels[..^1]);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.ReadLabels(path)).Message, path);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Open_FewBytesThatClaimMany_AreRefusedBeforeMemoryIsTaken(bool compressed)
    {
        using var folder = new ImagesTestFolder();

        // An image of 20,000×20,000 pixels.
        byte[] data = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20, 1, 2, 3];
        string path = folder.Write("claim", compressed ? Gzip(data) : data);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.Open(path));

        StringAssert.Contains(error.Message, "too few for 1 images of 20000×20000 pixels");
    }

    [TestMethod]
    [DataRow(0x7F, "expected at most")]
    [DataRow(0x01, "too few for 16777216 labels")]
    public void ReadLabels_FewBytesThatClaimMany_AreRefusedBeforeMemoryIsTaken(int firstByteOfCount, string expected)
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("claim", Gzip([0, 0, 8, 1, (byte)firstByteOfCount, 0, 0, 0, 1, 2, 3]));

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.ReadLabels(path)).Message, expected);
    }

    [TestMethod]
    public void Open_Missing_Throws() =>
        Assert.ThrowsExactly<FileNotFoundException>(() => IdxImageReader.Open("no-such-file.gz"));

    [TestMethod]
    public void Open_ImagesWithoutPixels_IsAnError()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("images", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3]);

        Assert.ThrowsExactly<InvalidDataException>(() => IdxImageReader.Open(path));
    }

    private static byte[] Gzip(byte[] data)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(data);
        return compressed.ToArray();
    }
}
