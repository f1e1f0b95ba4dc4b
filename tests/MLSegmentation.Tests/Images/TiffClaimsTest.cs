using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

/// <summary>Directories that claim what the file does not have are refused before memory is taken for it.</summary>
[TestClass]
public sealed class TiffClaimsTest
{
    private const long Little = 1 << 20;
    private static readonly RawTiff _rows = new(5, 4) { Fields = { [TiffTag.ROWSPERSTRIP] = [1] } };

    [TestMethod]
    public void Decode_FewerOffsetsThanStrips_IsRefused()
    {
        // One strip of a row is named, 4 are needed; libtiff would take it for the whole image.
        AssertIsRefused(_rows.ToBytes(new byte[5]), "1 offsets and 1 lengths");
        AssertIsRefused(
            (_rows with { Fields = new(_rows.Fields) { [TiffTag.STRIPBYTECOUNTS] = [5] } })
                .ToBytes([.. Enumerable.Repeat(new byte[5], 4)]), "4 offsets and 1 lengths");
        AssertIsRefused(
            (_rows with { Fields = new(_rows.Fields) { [TiffTag.STRIPOFFSETS] = [] } })
                .ToBytes([.. Enumerable.Repeat(new byte[5], 4)]), "0 offsets");
    }

    [TestMethod]
    [DataRow(0, 20)]
    [DataRow(8, 0)]
    [DataRow(8, 1_000_000)]
    [DataRow(1_000_000, 20)]
    [DataRow(-1, 20)]
    [DataRow(8, -1)]
    [DataRow(8, 19)]
    public void Decode_StripBeyondTheFileOrTooShort_IsRefused(int offset, int bytes) =>
        AssertIsRefused(
            new RawTiff(5, 4)
            {
                Fields = { [TiffTag.STRIPOFFSETS] = [offset], [TiffTag.STRIPBYTECOUNTS] = [bytes] },
            }.ToBytes(new byte[20]), "damaged");

    [TestMethod]
    [DataRow(1, 100_000_000, 1)]
    [DataRow(1, 500_000_000, 1)]
    [DataRow(60_000, 60_000, 60_000)]
    [DataRow(20_000, 20_000, 16)]
    [DataRow(1_000_000, int.MaxValue, int.MaxValue)]
    public void Decode_SizeThatTheFileCannotHold_IsRefusedWithoutMemory(int width, int height, int rows)
    {
        foreach (Compression compression in new[] { Compression.NONE, Compression.LZW, Compression.PACKBITS,
            Compression.ADOBE_DEFLATE, Compression.JPEG })
        {
            var tiff = new RawTiff(width, height)
            {
                Compression = (int)compression,
                Fields = { [TiffTag.ROWSPERSTRIP] = [rows] },
            };
            AssertIsRefused(tiff.ToBytes(new byte[1000]), "x.tif");
        }
    }

    [TestMethod]
    public void Decode_JpegWhosePixelsAreTooLarge_IsRefusedWithoutMemory()
    {
        // Of one byte a pixel they are the 512 MB that a strip may have, but decoding takes 4.
        AssertIsRefused(new RawTiff(32_768, 16_384) { Compression = (int)Compression.JPEG }.ToBytes(new byte[600_000]),
            "too large to be read one by one");
    }

    [TestMethod]
    public void Parse_Blocks_AreCountedBesideThePixels()
    {
        // A JPEG's pixel: its byte, the decoder's 4, and a coefficient of 2.
        byte[] plain = _rows.ToBytes([.. Enumerable.Repeat(new byte[5], 4)]);
        byte[] jpeg = new RawTiff(40, 24) { Compression = (int)Compression.JPEG }.ToBytes(PillowFiles.GrayJpeg);

        Assert.AreEqual(5, TiffImage.Parse(plain, "x.tif", range: null).DecoderBytes);
        Assert.AreEqual(40 * 24 * (1 + 4 + 2), TiffImage.Parse(jpeg, "x.tif", range: null).DecoderBytes);
    }

    [TestMethod]
    public void TryReadSize_LargeStrip_TakesNoMemoryForIt()
    {
        byte[] file = new RawTiff(4000, 4000)
        {
            Compression = (int)Compression.ADOBE_DEFLATE,
        }.ToBytes(TiffKindsTest.Deflate(new byte[16_000_000]));
        using var folder = new ImagesTestFolder();
        string path = folder.Write("x.tif", file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.AreEqual((4000, 4000), ImageHeader.TryReadSize(path));
        Assert.AreEqual(MaskColours.Gray, MaskImageReader.TryReadKind(file, "x.tif"));
        Assert.AreEqual(16_000_000, TiffImage.Parse(file, "x.tif", range: null).DecoderBytes);

        Assert.IsLessThan(Little, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Decode_OneStripWithoutLength_GoesToTheEndOfTheFile()
    {
        byte[] pixels = [.. Enumerable.Range(0, 20).Select(value => (byte)value)];
        var tiff = new RawTiff(5, 4) { Fields = { [TiffTag.STRIPBYTECOUNTS] = [] } };

        CollectionAssert.AreEqual(pixels.Select(value => (int)value).ToArray(), TiffKindsTest.Gray(tiff.ToBytes(pixels)));
        AssertIsRefused(
            (tiff with { Fields = new(tiff.Fields) { [TiffTag.STRIPOFFSETS] = [1_000_000] } }).ToBytes(pixels), "damaged");
    }

    [TestMethod]
    public void Decode_MoreStripsThanTheImageHas_AreLeftOut()
    {
        var tiff = new RawTiff(2, 1)
        {
            Fields = { [TiffTag.STRIPOFFSETS] = [8, 1_000_000], [TiffTag.STRIPBYTECOUNTS] = [2, 0, 7] },
        };

        CollectionAssert.AreEqual(new[] { 7, 200 }, TiffKindsTest.Gray(tiff.ToBytes([7, 200])));
    }

    [TestMethod]
    public void Decode_StripsThatShareTheirBytes_AreRefusedWhereTheFileCannotHoldThem()
    {
        // 2000 strips of 100 × 100 bytes are named, all of the same few.
        byte[] strip = TiffKindsTest.Deflate(new byte[10_000]);
        var tiff = new RawTiff(100, 200_000)
        {
            Compression = (int)Compression.ADOBE_DEFLATE,
            Fields =
            {
                [TiffTag.ROWSPERSTRIP] = [100],
                [TiffTag.STRIPOFFSETS] = [.. Enumerable.Repeat(8, 2000)],
                [TiffTag.STRIPBYTECOUNTS] = [.. Enumerable.Repeat(strip.Length, 2000)],
            },
        };

        AssertIsRefused(tiff.ToBytes(strip), "too few");
    }

    [TestMethod]
    public void Decode_FieldOfMoreValuesThanTheFile_IsRefusedOrPassedOver()
    {
        byte[] file = new RawTiff(4, 1)
        {
            Fields = { [TiffTag.SOFTWARE] = [70_000, 70_000], [TiffTag.STRIPOFFSETS] = [8] },
        }.ToBytes([1, 2, 3, 4]);
        int software = Find(file, (int)TiffTag.SOFTWARE), offsets = Find(file, (int)TiffTag.STRIPOFFSETS);
        BitConverter.TryWriteBytes(file.AsSpan(software + 4), uint.MaxValue);

        // What is not needed is not looked at.
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, TiffKindsTest.Gray(file));
        BitConverter.TryWriteBytes(file.AsSpan(offsets + 4), 500_000_000);
        AssertIsRefused(file, "500000000 values");
    }

    [TestMethod]
    public void Decode_DirectoriesInALoop_AreNotFollowed()
    {
        byte[] file = new RawTiff(4, 1).ToBytes([1, 2, 3, 4]);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), BitConverter.ToInt32(file, 4));

        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, TiffKindsTest.Gray(file));
    }

    [TestMethod]
    public void Decode_ZipOrWideTiles_TakeMemoryByTheirSize()
    {
        var tiff = new RawTiff(100, 100)
        {
            Compression = (int)Compression.LZW,
            Fields =
            {
                [TiffTag.TILEWIDTH] = [int.MaxValue],
                [TiffTag.TILELENGTH] = [16],
                [TiffTag.TILEOFFSETS] = [8],
                [TiffTag.TILEBYTECOUNTS] = [100],
            },
        };

        AssertIsRefused(tiff.ToBytes(new byte[100]), "too large");
    }

    [TestMethod]
    public void Decode_DeflateThatAsksForADictionary_IsDamaged()
    {
        // 0x78 0x20: zlib with the bit of a preset dictionary, which is then named.
        byte[] file = new RawTiff(4, 4)
        {
            Compression = (int)Compression.ADOBE_DEFLATE,
        }.ToBytes([0x78, 0x20, 1, 2, 3, 4, 5, 6, 7, 8]);

        AssertIsRefused(file, "cannot be read");
    }

    /// <summary>Where the entry of a field is.</summary>
    private static int Find(byte[] file, int tag)
    {
        int at = BitConverter.ToInt32(file, 4) + 2;
        while (BitConverter.ToUInt16(file, at) != tag) at += 12;
        return at;
    }

    private static void AssertIsRefused(byte[] file, string reason)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.tif"));

        StringAssert.Contains(error.Message, reason);
        Assert.IsLessThan(Little, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
