using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>A stream gets the bytes that a file gets, and stays open.</summary>
[TestClass]
public sealed class PngStreamTest
{
    private const int Width = 5, Height = 3;
    private static readonly uint[] _keys = [.. Enumerable.Range(0, Width * Height).Select(i => (uint)i % 3)];

    [TestMethod]
    public void WriteIndexed_Stream_IsTheFile()
    {
        byte[] indices = [.. _keys.Select(key => (byte)key)];

        AssertSame(
            path => PngWriter.WriteIndexed(path, indices, Width, Height, Palette.Voc(3)),
            stream => PngWriter.WriteIndexed(stream, indices, Width, Height, Palette.Voc(3)));
    }

    [TestMethod]
    public void WriteGray_Stream_IsTheFile()
    {
        byte[] gray = [.. _keys.Select(key => (byte)(70 * key))];

        AssertSame(
            path => PngWriter.WriteGray(path, gray, Width, Height), stream => PngWriter.WriteGray(stream, gray, Width, Height));
    }

    [TestMethod]
    public void WriteRgb_StreamAndBytes_AreTheFile()
    {
        using MLImage image = TestImages.Image(Width, Height, 1);

        byte[] file = AssertSame(path => PngWriter.WriteRgb(path, image), stream => PngWriter.WriteRgb(stream, image));

        CollectionAssert.AreEqual(file, PngWriter.EncodeRgb(image));
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(300, DisplayName = "16 bits")]
    public void MaskPng_StreamAndBytes_AreTheFile(int classes)
    {
        IReadOnlyList<Rgb> palette = Palette.Voc(classes);

        byte[] file = AssertSame(
            path => MaskPng.Write(path, _keys, Width, Height, palette),
            stream => MaskPng.Write(stream, _keys, Width, Height, palette));

        CollectionAssert.AreEqual(file, MaskPng.Encode(_keys, Width, Height, palette));
    }

    [TestMethod]
    public void ConfidencePng_Stream_IsTheFile()
    {
        float[] confidence = [.. _keys.Select(key => key / 2f)];

        AssertSame(path => ConfidencePng.Write(path, confidence, Width, Height),
            stream => ConfidencePng.Write(stream, confidence, Width, Height));
    }

    [TestMethod]
    public void MaskPng_WrongMask_WritesNothing()
    {
        using var stream = new MemoryStream();

        Assert.ThrowsExactly<ArgumentException>(() => MaskPng.Write(stream, [9], 1, 1, Palette.Voc(3)));

        Assert.AreEqual(0, stream.Length);
    }

    private static byte[] AssertSame(Action<string> writeFile, Action<Stream> writeStream)
    {
        using var folder = new ImagesTestFolder();
        using var stream = new MemoryStream();
        writeFile(folder["a.png"]);
        writeStream(stream);
        byte[] file = File.ReadAllBytes(folder["a.png"]);
        Assert.IsTrue(stream.CanWrite);
        CollectionAssert.AreEqual(file, stream.ToArray());
        return file;
    }
}
