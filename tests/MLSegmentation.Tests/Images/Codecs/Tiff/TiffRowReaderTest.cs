using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class TiffRowReaderTest
{
    private static readonly ushort[][] _palette =
        [.. new[] { 7, 11, 13 }.Select(factor => Enumerable.Range(0, 256).Select(i => (ushort)(i * factor * 17)).ToArray())];

    public static IEnumerable<object[]> Layouts =>
        from depth in new[] { 8, 16 }
        from samples in new[] { 1, 3, 4 }
        from tile in new[] { 0, 16 }
        from separate in new[] { false, true }
        from compression in new[] { Compression.NONE, Compression.LZW }
        from big in new[] { false, true }
        select new object[] { depth, samples, tile, separate, compression, big };

    [TestMethod]
    [DynamicData(nameof(Layouts))]
    public void Read_EveryLayout_GivesTheColours(
        int depth, int samples, int tile, bool separate, Compression compression, bool big)
    {
        using var folder = new ImagesTestFolder();
        foreach ((int width, int height, int stripRows) in new[] { (1, 1, 1), (37, 21, 4), (16, 32, 100) })
        {
            ushort[] values = Values(width, height, samples, depth);
            var tiff = new TestTiff(width, height)
            {
                Depth = depth,
                Samples = samples,
                Tile = tile,
                IsSeparate = separate,
                Compression = compression,
                IsBigEndian = big,
                StripRows = stripRows,
                Colour = samples == 1 ? Photometric.MINISBLACK : Photometric.RGB,
            };
            tiff.Write(folder["x.tif"], values);

            using var reader = ImageRowReader.Open(folder["x.tif"]);

            Assert.AreEqual((width, height), (reader.Width, reader.Height));
            byte[] expected =
                [.. values.Chunk(samples).SelectMany(pixel => samples == 1 ? [pixel[0], pixel[0], pixel[0]] : pixel[..3])
                    .Select(value => depth == 8 ? (byte)value : (byte)Math.Round(value / 257.0))];
            CollectionAssert.AreEqual(expected, ImageRowReaderTest.ReadAll(reader, 5), $"{width}×{height}");
        }
    }

    [TestMethod]
    public void Decode_Tiff_HasThePixelsOfItsRows()
    {
        using var folder = new ImagesTestFolder();
        new TestTiff(37, 21) { Depth = 16, Tile = 16 }.Write(folder["x.jpg"], Values(37, 21, 3, 16));
        using var reader = ImageRowReader.Open(folder["x.jpg"]);

        using MLImage image = ImageDecoder.Decode(folder["x.jpg"]);

        using var decoded = ImageRowReader.Over(image);
        CollectionAssert.AreEqual(ImageRowReaderTest.ReadAll(reader, 4), ImageRowReaderTest.ReadAll(decoded, 4));
        Assert.IsTrue(image.Pixels.ToArray().Where((_, i) => i % 4 == 3).All(alpha => alpha == 255));
    }

    [TestMethod]
    public void Decode_BigTiffWithOffsetsBeyondTheFile_NamesTheFile()
    {
        byte[] file = BigTiff.Gray(5, 4, new byte[20]);
        foreach ((int at, ulong number) in new[] { (8, ulong.MaxValue - 7), (8, 1UL << 40), (16, 1UL << 31), (16, ulong.MaxValue),
            (136, ulong.MaxValue - 7), (136, 1UL << 40) })
        {
            byte[] damaged = [.. file];
            BinaryPrimitives.WriteUInt64LittleEndian(damaged.AsSpan(at), number);
            StringAssert.Contains(
                Assert.ThrowsExactly<InvalidDataException>(
                    () => ImageDecoder.Decode(damaged, "broken.tif"), $"{number} at {at}").Message, "broken.tif");
        }
    }

    [TestMethod]
    public void Decode_ThumbnailOfARawPhotograph_IsRefused()
    {
        byte[] file = new TestTiff(4, 3) { FileType = FileType.REDUCEDIMAGE }.ToBytes(new ushort[36]);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "raw.nef")).Message, "thumbnail");
    }

    [TestMethod]
    public void Read_WhiteIsZero_IsInverted()
    {
        using var folder = new ImagesTestFolder();
        new TestTiff(2, 1) { Samples = 1, Colour = Photometric.MINISWHITE }.Write(folder["x.tif"], [0, 200]);

        using var reader = ImageRowReader.Open(folder["x.tif"]);

        CollectionAssert.AreEqual(new byte[] { 255, 255, 255, 55, 55, 55 }, ImageRowReaderTest.ReadAll(reader, 1));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Read_Palette_GivesItsColours(bool isShort)
    {
        using var folder = new ImagesTestFolder();
        ushort[][] palette = isShort
            ? [.. _palette.Select(channel => channel.Select(value => (ushort)(value >> 8)).ToArray())]
            : _palette;
        ushort[] indices = Values(19, 8, 1, 8);
        new TestTiff(19, 8)
        {
            Samples = 1,
            Colour = Photometric.PALETTE,
            Palette = palette,
            StripRows = 3,
        }.Write(folder["x.tif"], indices);

        using var reader = ImageRowReader.Open(folder["x.tif"]);

        byte[] expected =
            [.. indices.SelectMany(
                index => palette.Select(channel => isShort ? (byte)channel[index] : (byte)Math.Round(channel[index] / 257.0)))];
        CollectionAssert.AreEqual(expected, ImageRowReaderTest.ReadAll(reader, 8));
    }

    [TestMethod]
    [DataRow(Photometric.RGB)]
    [DataRow(Photometric.YCBCR)]
    public void Read_JpegTiles_AreCloseToTheColours(Photometric colour)
    {
        using var folder = new ImagesTestFolder();
        ushort[] ramp = [.. from y in Enumerable.Range(0, 32)
            from x in Enumerable.Range(0, 48) from value in new[] { 5 * x, 7 * y, 128 } select (ushort)value];
        new TestTiff(48, 32) { Tile = 16, Compression = Compression.JPEG, Colour = colour }.Write(folder["x.tif"], ramp);

        using var reader = ImageRowReader.Open(folder["x.tif"]);

        byte[] read = ImageRowReaderTest.ReadAll(reader, 32);
        Assert.IsLessThan(6.0, read.Zip(ramp, (a, b) => Math.Abs(a - b)).Average());
    }

    [TestMethod]
    public void Read_TruncatedAnywhere_IsAnErrorOrNothingThatMattersIsLost()
    {
        using var folder = new ImagesTestFolder();
        ushort[] values = Values(9, 7, 3, 8);
        new TestTiff(9, 7) { Compression = Compression.LZW, StripRows = 3 }.Write(folder["x.tif"], values);
        byte[] data = File.ReadAllBytes(folder["x.tif"]);
        int errors = 0;
        for (int length = 8; length < data.Length; length += 11)
        {
            string path = folder.Write("cut.tif", data[..length]);
            try
            {
                using var reader = ImageRowReader.Open(path);
                CollectionAssert.AreEqual(
                    values.Select(value => (byte)value).ToArray(), ImageRowReaderTest.ReadAll(reader, 1), $"{length} bytes");
            }
            catch (InvalidDataException error)
            {
                StringAssert.Contains(error.Message, "cut.tif");
                errors++;
            }
        }

        // The directory is behind the pixels, and the last thing in it may be one that is not needed.
        Assert.IsGreaterThan((data.Length - 8) / 11 * 9 / 10, errors);
    }

    [TestMethod]
    [DataRow(Compression.NONE)]
    [DataRow(Compression.LZW)]
    [DataRow(Compression.ADOBE_DEFLATE)]
    [DataRow(Compression.JPEG)]
    public void Read_RandomBytesChanged_IsAnImageOrAnErrorOfTheFile(Compression compression)
    {
        using var folder = new ImagesTestFolder();
        var random = new Random(1);
        foreach (int tile in new[] { 0, 16 })
        {
            new TestTiff(40, 30)
            {
                Compression = compression,
                Tile = tile,
                StripRows = 8,
            }.Write(folder["x.tif"], Values(40, 30, 3, 8));
            byte[] data = File.ReadAllBytes(folder["x.tif"]);
            for (int i = 0; i < 100; i++)
            {
                // The directory is at the end.
                byte[] changed = [.. data];
                for (int j = 0; j < 3; j++)
                {
                    changed[random.Next(4) == 0 ? random.Next(4, data.Length) : data.Length - 1 - random.Next(200)] =
                        (byte)random.Next(256);
                }
                string path = folder.Write("changed.tif", changed);
                try
                {
                    using var reader = ImageRowReader.Open(path);
                    if ((long)reader.Width * reader.Height < 100_000) ImageRowReaderTest.ReadAll(reader, 1);
                }
                catch (InvalidDataException error)
                {
                    StringAssert.Contains(error.Message, "changed.tif");
                }
            }
        }
    }

    [TestMethod]
    public void Read_StripThatCannotBeDecompressed_SaysWhere()
    {
        using var folder = new ImagesTestFolder();
        new TestTiff(40, 6) { Compression = Compression.LZW, StripRows = 3 }.Write(folder["x.tif"], Values(40, 6, 3, 8));
        byte[] data = File.ReadAllBytes(folder["x.tif"]);
        data.AsSpan(8, 40).Fill(0xFF);
        using var reader = ImageRowReader.Open(folder.Write("bad.tif", data));

        var error = Assert.ThrowsExactly<InvalidDataException>(() => reader.Read(new byte[120]));

        StringAssert.Contains(error.Message, "bad.tif");
        StringAssert.Contains(error.Message, "x 0, y 0");
    }

    [TestMethod]
    public void Open_KindThatIsNotRead_SaysWhatToDo()
    {
        using var folder = new ImagesTestFolder();
        new TestTiff(8, 1) { Colour = Photometric.CIELAB }.Write(folder["x.tif"], new ushort[24]);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageRowReader.Open(folder["x.tif"]));

        StringAssert.Contains(error.Message, "3 samples a pixel of 8 bits");
        StringAssert.Contains(error.Message, "8 or 16 bits");
    }

    private static ushort[] Values(int width, int height, int samples, int depth)
    {
        var random = new Random((width * 100) + height);
        return [.. Enumerable.Range(0, width * height * samples).Select(_ => (ushort)random.Next(1 << depth))];
    }
}
