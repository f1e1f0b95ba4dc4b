using System.Buffers;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// Damaged files either decode to pixels or are refused by name: no crash, no hang, no pixels of another image.
/// </summary>
[TestClass]
public sealed class DamagedImageTest
{
    private const string Name = "broken-file";

    public static IEnumerable<object[]> Kinds => ImageCorpus.Kinds.Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_Truncated_IsAnErrorOrWhole(string kind)
    {
        byte[] file = ImageCorpus.File(kind);
        byte[] whole = Decode(file)!;
        for (int i = 0; i < 20; i++)
        {
            byte[]? pixels = Decode(file[..(file.Length * i / 20)]);
            Assert.IsNull(pixels, $"{file.Length * i / 20} of {file.Length} bytes");
        }
        if (Decode(file[..^1]) is { } rest) CollectionAssert.AreEqual(whole, rest);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_BitFlipped_GivesPixelsOrNamesTheFile(string kind)
    {
        byte[] file = ImageCorpus.File(kind);
        var random = new Random(17);
        for (int i = 0; i < 100; i++)
        {
            byte[] flipped = ImageCorpus.WithFlippedBit(file, random);
            FillPool(0xAB);
            byte[]? first = Decode(flipped);
            FillPool(0x31);
            byte[]? second = Decode(flipped);

            Assert.AreEqual(first is null, second is null);
            if (first is not null)
                CollectionAssert.AreEqual(first, second, "What is not decoded must not be left over from another image.");
            if (file.AsSpan().StartsWith(TestPng.FromChunks().AsSpan())) Assert.IsNull(first, "PNG chunks have checksums.");
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("89504E470D0A1A0A")]
    [DataRow("FFD8FF")]
    [DataRow("424D")]
    [DataRow("474946383961")]
    [DataRow("524946461E00000057454250565038")]
    [DataRow("49492A00")]
    [DataRow("49492B0008000000")]
    [DataRow("4D4D002B00080000")]
    [DataRow("0000")]
    [DataRow("00000100")]
    public void Decode_NoiseBehindASignature_NamesTheFile(string signature)
    {
        var random = new Random(23);
        for (int i = 0; i < 100; i++)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            Assert.IsNull(Decode([.. Convert.FromHexString(signature), .. noise]));
        }
    }

    [TestMethod]
    public void Decode_WirelessBitmap_IsOfNoKnownFormat()
    {
        // WBMP has no signature: two zeros, the size, and bits. Icons hold other images.
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode([0, 0, 5, 5, 1, 2, 3, 4, 5], Name));

        StringAssert.Contains(error.Message, "no known format");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Decode_AnotherExtension_GivesTheSamePixels(string kind)
    {
        using var folder = new ImagesTestFolder();
        byte[] file = ImageCorpus.File(kind);
        foreach (string name in new[] { "a.png", "a.jpg", "a.bmp", "a.txt", "a" })
        {
            using MLImage image = ImageDecoder.Decode(folder.Write(name, file));
            CollectionAssert.AreEqual(Decode(file), image.Pixels.ToArray());
        }
    }

    [TestMethod]
    [DataRow("png16")]
    [DataRow("palette")]
    public void LabelImageReader_TruncatedOrFlipped_NamesTheFile(string kind)
    {
        byte[] file = kind == "palette" ? ImageCorpus.File(kind) : PillowFiles.Gray16Png;
        var random = new Random(29);
        for (int i = 0; i < 20; i++) AssertIsRefused(file[..(file.Length * i / 20)]);
        for (int i = 0; i < 200; i++) AssertIsRefused(ImageCorpus.WithFlippedBit(file, random));
    }

    private static void AssertIsRefused(byte[] mask) =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(mask, Name)).Message, Name);

    /// <summary>The pixels, or null where the file is refused by its name. Any other exception fails the test.</summary>
    private static byte[]? Decode(byte[] file)
    {
        try
        {
            using MLImage image = ImageDecoder.Decode(file, Name);
            return image.Pixels.ToArray();
        }
        catch (InvalidDataException error)
        {
            StringAssert.Contains(error.Message, Name);
            return null;
        }
    }

    /// <summary>Leaves arrays of one value in the pool that the decoder rents from.</summary>
    private static void FillPool(byte value)
    {
        for (int size = 64; size <= 1 << 16; size *= 2)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(size);
            array.AsSpan().Fill(value);
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
