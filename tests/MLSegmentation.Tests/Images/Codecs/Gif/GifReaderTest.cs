using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Kinds of GIF against Skia, which shares no code with the reader.</summary>
[TestClass]
public sealed class GifReaderTest
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    [DataRow(8)]
    public void Decode_EveryKind_EqualsAnotherDecoder(int bits)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var gif = new RawGif(bits, seed);
            byte[] file = gif.ToBytes();

            using MLImage image = ImageDecoder.Decode(file, "x.gif");

            CollectionAssert.AreEqual(SkiaOracle.Rgba(file), ImageDecoderTest.Rgba(image), $"seed {seed}");
        }
    }

    [TestMethod]
    public void Read_ManyStrings_GivesTheIndices()
    {
        // More than the 4096 strings that there are codes for, with and without a new start.
        byte[] indices = ImageCorpus.Bytes(200 * 150);
        foreach (bool clears in new[] { false, true })
        {
            byte[] file = RawGif.Build(200, 150, 8, RawGif.Compress(indices, 8, clears));

            CollectionAssert.AreEqual(
                indices.Select(index => (ushort)index).ToArray(), LabelImageReader.Read(file, "x.gif").Values);
        }
    }

    [TestMethod]
    public void Read_LongestStrings_GiveTheIndices()
    {
        byte[] indices = new byte[3000 * 1000];

        ushort[] read = LabelImageReader.Read(
            RawGif.Build(3000, 1000, 8, RawGif.Compress(indices, 8, clears: false)), "x.gif").Values;

        Assert.AreEqual(-1, read.AsSpan().IndexOfAnyExcept((ushort)0));
    }

    [TestMethod]
    public void Decode_CodeThatStandsForNothing_IsAnError()
    {
        byte[] file = RawGif.Build(4, 4, 2, [0b1100_0100, 0b0000_0001]);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.gif"));

        StringAssert.Contains(error.Message, "a code that stands for nothing");
    }

    [TestMethod]
    public void Decode_DataThatEndsEarly_IsAnError()
    {
        byte[] codes = RawGif.Compress(ImageCorpus.Bytes(100), 8, clears: true);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => ImageDecoder.Decode(RawGif.Build(10, 10, 8, codes[..50]), "x.gif"));

        StringAssert.Contains(error.Message, "ends before its last pixel");
    }
}
