using System.Buffers.Binary;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class JpegFileTest
{
    // 5 by 3 blocks, one level each.
    private const int Width = 40;
    private const int Height = 24;
    private static readonly byte[] _levels = [.. Enumerable.Range(0, 15).Select(i => (byte)(i * 17))];

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(4, 3)]
    [DataRow(5, 2)]
    [DataRow(1, 14)]
    [DataRow(15, 0)]
    [DataRow(100, 0)]
    public void FindDamage_RestartMarkers_AreAsManyAsTheIntervalAsksFor(int interval, int markers)
    {
        byte[] file = TestJpeg.Gray(Width, Height, _levels, interval);

        Assert.HasCount(markers, Restarts(file));
        Assert.IsNull(FindDamage(file));
        using MLImage image = ImageDecoder.Decode(file, "x.jpg");
        for (int i = 0; i < Width * Height; i++)
            Assert.AreEqual(_levels[(i / Width / 8 * 5) + (i % Width / 8)], image.Pixels[4 * i], $"pixel {i}");
    }

    [TestMethod]
    public void FindDamage_RestartMarkerLostOrRepeatedOrSwapped_IsFound()
    {
        byte[] file = TestJpeg.Gray(Width, Height, _levels, 3);
        int[] at = Restarts(file);

        StringAssert.Contains(
            FindDamage([.. file[..at[3]], .. file[(at[3] + 2)..]]), "has 3 restart markers in a scan, expected 4");
        StringAssert.Contains(FindDamage([.. file[..at[1]], .. file[(at[1] + 2)..]]), "out of order");
        StringAssert.Contains(FindDamage([.. file[..at[1]], .. file[at[0]..]]), "out of order");
        byte[] without = TestJpeg.Gray(Width, Height, _levels);
        int scan = without.AsSpan().IndexOf(new byte[] { 0xFF, 0xDA }) + 10;
        StringAssert.Contains(
            FindDamage([.. without[..scan], 0xFF, 0xD0, .. without[scan..^2], 0xFF, 0xD1, 0xFF, 0xD9]), "expected 0");
    }

    [TestMethod]
    public void FindDamage_ForeignMarkerWithinTheScan_IsFound()
    {
        byte[] file = TestJpeg.Gray(Width, Height, _levels);
        foreach (byte marker in new byte[] { 0x01, 0x40, 0xBF, 0xC0, 0xCF, 0xD8, 0xF0, 0xFD })
            StringAssert.Contains(FindDamage([.. file[..^4], 0xFF, marker, 0, 4, .. file[^4..]]), $"0xFF{marker:X2}");
    }

    [TestMethod]
    public void FindDamage_WhatDecodersPassOver_IsNoDamage()
    {
        byte[] file = TestJpeg.Gray(Width, Height, _levels, 4);
        int scan = file.AsSpan().IndexOf(new byte[] { 0xFF, 0xDA });

        Assert.IsNull(FindDamage([.. file, 1, 2, 3, 0xFF, 0xD8]), "another image behind the end");
        Assert.IsNull(FindDamage([.. file[..^2], 0xFF, 0xFF, 0xFF, .. file[^2..]]), "fill before a marker");
        Assert.IsNull(FindDamage([.. file[..scan], 0, 7, .. file[scan..]]), "bytes between segments");
        Assert.IsNull(FindDamage([.. file[..^2], 0xFF, 0xD3, .. file[^2..]]), "a restart marker behind the last block");
        Assert.IsNull(FindDamage([.. file[..2], 0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9, .. file[2..]]), "a thumbnail");
    }

    [TestMethod]
    [DataRow(0x11, 0x11, 3, 14)]
    [DataRow(0x22, 0x11, 3, 5)]
    [DataRow(0x22, 0x11, 1, 14)]
    [DataRow(0x21, 0x11, 3, 8)]
    [DataRow(0x11, 0x22, 1, 5)]
    public void Restarts_OfAScan_CountUnitsOrBlocks(int first, int others, int components, int expected)
    {
        // 40×24 pixels: 5·3 blocks of 8×8; units of 16×16 are 3·2, of 16×8 3·3. A component of half the size has 20×12 pixels,
        // 3·2 blocks.
        JpegFrame frame = JpegFrame.TryRead(
            0xC0, [8, 0, 24, 0, 40, 3, 1, (byte)first, 0, 2, (byte)others, 0, 3, (byte)others, 0])!;

        byte[] scan = components == 1 ? [1, 1, 0, 0, 63, 0] : [3, 1, 0, 2, 0, 3, 0, 0, 63, 0];

        Assert.AreEqual(expected, frame.Restarts(scan, 1));
    }

    [TestMethod]
    public void Decode_FewBytesThatClaimManyPixels_IsRefusedBeforeDecoding()
    {
        byte[] file = TestJpeg.Gray(Width, Height, _levels);
        int frame = file.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 19_000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 20_000);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "big.jpg"));

        StringAssert.Contains(error.Message, $"big.jpg' has {file.Length} bytes, too few for 20000×19000 pixels");
    }

    private static string? FindDamage(byte[] file)
    {
        try
        {
            JpegFile.Parse(file, "x.jpg");
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    private static int[] Restarts(byte[] file) =>
        [.. Enumerable.Range(0, file.Length - 1).Where(at => file[at] == 0xFF && file[at + 1] is >= 0xD0 and <= 0xD7)];
}
