using System.IO.Compression;
using BitMiracle.LibTiff.Classic;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Every kind of TIFF that is read, by values that are worked out by hand or by another writer.</summary>
[TestClass]
public sealed class TiffKindsTest
{
    [TestMethod]
    [DataRow(1, new byte[] { 0b1010_0000 }, new[] { 255, 0, 255 })]
    [DataRow(2, new byte[] { 0b0110_1100 }, new[] { 85, 170, 255 })]
    [DataRow(4, new byte[] { 0x0F, 0x70 }, new[] { 0, 255, 119 })]
    [DataRow(6, new byte[] { 0b0000_0111, 0b1111_1000, 0b0000_0000 }, new[] { 4, 255, 130 })]
    [DataRow(12, new byte[] { 0xFF, 0xF0, 0x00, 0x80, 0x00 }, new[] { 255, 0, 128 })]
    public void Decode_PackedGray_GivesEachValue(int depth, byte[] row, int[] levels)
    {
        foreach (bool isBigEndian in new[] { false, true })
        {
            var tiff = new RawTiff(3, 1) { Depth = depth, IsBigEndian = isBigEndian };
            CollectionAssert.AreEqual(levels, Gray(tiff.ToBytes(row)));
            CollectionAssert.AreEqual(levels.Select(level => 255 - level).ToArray(),
                Gray((tiff with { Colour = Photometric.MINISWHITE }).ToBytes(row)));
        }
    }

    [TestMethod]
    [DataRow(1, new byte[] { 0b0100_0000 }, new[] { 0, 1 })]
    [DataRow(2, new byte[] { 0b1101_0000 }, new[] { 3, 1 })]
    [DataRow(4, new byte[] { 0xE5 }, new[] { 14, 5 })]
    [DataRow(8, new byte[] { 200, 3 }, new[] { 200, 3 })]
    [DataRow(16, new byte[] { 0x01, 0x02, 0xFF, 0xFF }, new[] { 513, 65_535 })]
    public void Decode_Palette_GivesItsColours(int depth, byte[] row, int[] indices)
    {
        int[] map = [.. Enumerable.Range(0, 3 << depth).Select(i => i * 7919 % 65_536)];
        byte[] file = new RawTiff(2, 1)
        {
            Depth = depth,
            Colour = Photometric.PALETTE,
            Fields = { [TiffTag.COLORMAP] = map },
        }.ToBytes(row);

        byte[] expected =
            [.. indices.SelectMany(
                index => Enumerable.Range(0, 3).Select(channel => (byte)Math.Round(map[(channel << depth) + index] / 257.0)))];
        CollectionAssert.AreEqual(expected, Rgb(file));
    }

    [TestMethod]
    public void Decode_Cmyk_LetsTheLightThrough()
    {
        // (255 - 64)(255 - 128) / 255 = 95.1 and (255 - 0)(255 - 128) / 255 = 127.
        CollectionAssert.AreEqual(new byte[] { 95, 127, 127, 255, 255, 0 }, Rgb(Inks(8).ToBytes([64, 0, 0, 128, 0, 0, 255, 0])));
        CollectionAssert.AreEqual(
            new byte[] { 95, 127, 127 }, Rgb((Inks(16) with { Width = 1 }).ToBytes([0, 64, 0, 0, 0, 0, 0, 128])));
    }

    [TestMethod]
    public void Decode_SubsampledYCbCr_SharesTheColour()
    {
        // Two units of 2×2 pixels: gray of four levels, then red (BT.601: R = Y + 1.402 · 100, G = Y - 0.714 · 100, B = Y).
        byte[] units = [10, 20, 30, 40, 128, 128, 90, 100, 80, 110, 128, 228];
        byte[] file = new RawTiff(4, 2)
        {
            Samples = 3,
            Colour = Photometric.YCBCR,
            Fields = { [TiffTag.YCBCRSUBSAMPLING] = [2, 2] },
        }.ToBytes(units);

        byte[] expected = [10, 10, 10, 20, 20, 20, 230, 19, 90, 240, 29, 100, 30, 30, 30, 40, 40, 40, 220, 9, 80, 250, 39, 110];
        CollectionAssert.AreEqual(expected, Rgb(file));
    }

    [TestMethod]
    public void Decode_SubsampledYCbCrWithAPredictor_IsRefused()
    {
        byte[] file = new RawTiff(2, 2)
        {
            Samples = 3,
            Colour = Photometric.YCBCR,
            Compression = (int)Compression.ADOBE_DEFLATE,
            Fields = { [TiffTag.YCBCRSUBSAMPLING] = [2, 2], [TiffTag.PREDICTOR] = [(int)Predictor.HORIZONTAL] },
        }.ToBytes(Deflate([10, 20, 30, 40, 128, 128]));

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Rgb(file)).Message,
            "the predictor HORIZONTAL with colours of a lower resolution");
    }

    [TestMethod]
    [DataRow(1, new[] { 0, 1, 2, 3, 4, 5 })]
    [DataRow(2, new[] { 2, 1, 0, 5, 4, 3 })]
    [DataRow(3, new[] { 5, 4, 3, 2, 1, 0 })]
    [DataRow(4, new[] { 3, 4, 5, 0, 1, 2 })]
    [DataRow(5, new[] { 0, 3, 1, 4, 2, 5 })]
    [DataRow(6, new[] { 3, 0, 4, 1, 5, 2 })]
    [DataRow(7, new[] { 5, 2, 4, 1, 3, 0 })]
    [DataRow(8, new[] { 2, 5, 1, 4, 0, 3 })]
    public void Decode_Orientation_IsUpright(int orientation, int[] upright)
    {
        using var folder = new ImagesTestFolder();
        byte[] file = new RawTiff(3, 2) { Fields = { [TiffTag.ORIENTATION] = [orientation] } }.ToBytes([0, 1, 2, 3, 4, 5]);
        (int width, int height) = orientation < 5 ? (3, 2) : (2, 3);

        using MLImage image = ImageDecoder.Decode(file, "x.tif");
        using var rows = ImageRowReader.Open(folder.Write("x.tif", file));

        Assert.AreEqual((width, height), (image.Width, image.Height));
        CollectionAssert.AreEqual(upright, Gray(file));
        CollectionAssert.AreEqual(
            upright, ImageRowReaderTest.ReadAll(rows, 1).Where((_, i) => i % 3 == 0).Select(value => (int)value).ToArray());
        Assert.AreEqual((width, height), ImageHeader.TryReadSize(folder["x.tif"]));
    }

    [TestMethod]
    [DataRow(Compression.CCITTRLE)]
    [DataRow(Compression.CCITTFAX3)]
    [DataRow(Compression.CCITTFAX4)]
    public void Decode_Fax_GivesWhatWasCompressed(Compression compression)
    {
        const int width = 61, height = 13;
        var random = new Random(2);
        byte[] packed = new byte[(width + 7) / 8 * height];
        random.NextBytes(packed);
        foreach (FillOrder order in new[] { FillOrder.MSB2LSB, FillOrder.LSB2MSB })
        {
            byte[] file = Fax(width, height, packed, compression, order);
            int[] expected = [.. Enumerable.Range(0, width * height)
                .Select(i => (packed[(i / width * 8) + (i % width / 8)] >> (7 - (i % width % 8)) & 1) == 1 ? 0 : 255)];
            CollectionAssert.AreEqual(expected, Gray(file), $"{order}");
        }
    }

    [TestMethod]
    public void Decode_FaxThatIsCutOff_IsDamaged()
    {
        byte[] packed = new byte[8 * 13];
        new Random(2).NextBytes(packed);
        byte[] file = Fax(61, 13, packed, Compression.CCITTFAX4, FillOrder.MSB2LSB);

        // The strip begins behind the header: half of it becomes nothing.
        file.AsSpan(60, 40).Clear();

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "fax.tif")).Message, "fax.tif");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Decode_JpegStrip_HasThePixelsOfThatJpeg(bool isColour)
    {
        // Skia writes colours at half the resolution both ways.
        byte[] jpeg = isColour ? ImageCorpus.File("jpeg") : PillowFiles.GrayJpeg;
        using MLImage expected = ImageDecoder.Decode(jpeg, "x.jpg");
        var tiff = new RawTiff(expected.Width, expected.Height)
        {
            Compression = (int)Compression.JPEG,
            Colour = isColour ? Photometric.YCBCR : Photometric.MINISBLACK,
            Samples = isColour ? 3 : 1,
        };

        using MLImage image = ImageDecoder.Decode(tiff.ToBytes(jpeg), "x.tif");

        CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray());
    }

    [TestMethod]
    public void Decode_SharedJpegTiff_IsAsLibtiffReadsIt()
    {
        // Values of libtiff 4.5.0 (tiff2rgba), at x, y: red, green, blue.
        using MLImage image = ImageDecoder.Decode(SharedData.Require("cases", "26-jpeg-tiff-chroma", "t.tif"));
        byte[] rgba = ImageDecoderTest.Rgba(image);
        (int X, int Y, byte[] Rgb)[] expected = [(0, 0, [17, 0, 0]), (10, 20, [84, 86, 134]), (31, 11, [136, 43, 212]),
            (33, 40, [128, 220, 183]), (69, 49, [247, 231, 156])];
        foreach ((int x, int y, byte[] rgb) in expected)
            CollectionAssert.AreEqual(rgb, rgba.AsSpan(4 * ((y * image.Width) + x), 3).ToArray(), $"x {x}, y {y}");
    }

    [TestMethod]
    [DataRow(32)]
    [DataRow(64)]
    public void Decode_PredictedFloats_AreSummedByTheirBytes(int depth)
    {
        double[] values = [0, 0.25, 0.5, 0.75, 1, 0.125];
        int size = depth / 8;
        byte[][] numbers =
            [.. values.Select(value => depth == 32 ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value))];

        // Photoshop TIFF Technical Note 3: the highest bytes of all numbers, then the second, ..., as differences.
        byte[] planes = [.. Enumerable.Range(0, size).SelectMany(place => numbers.Select(number => number[size - 1 - place]))];
        byte[] differences = [.. planes.Select((value, i) => (byte)(value - (i == 0 ? 0 : planes[i - 1])))];
        var tiff = new RawTiff(values.Length, 1)
        {
            Depth = depth,
            Compression = (int)Compression.ADOBE_DEFLATE,
            Fields =
                { [TiffTag.SAMPLEFORMAT] = [(int)SampleFormat.IEEEFP], [TiffTag.PREDICTOR] = [(int)Predictor.FLOATINGPOINT] },
        };

        CollectionAssert.AreEqual(new[] { 0, 64, 128, 191, 255, 32 }, Gray(tiff.ToBytes(Deflate(differences))));
    }

    [TestMethod]
    [DataRow(8, new byte[] { 10, 5, 251 })]
    [DataRow(16, new byte[] { 0, 10, 0, 5, 0, 251 })]
    [DataRow(32, new byte[] { 0, 0, 0, 10, 0, 0, 0, 5, 255, 255, 255, 251 })]
    public void Decode_PredictedIntegers_AreSummed(int depth, byte[] differences)
    {
        int[] expected = depth == 8 ? [10, 15, 10] : depth == 16 ? [10, 15, 255] : [10, 15, 10];
        var tiff = new RawTiff(3, 1)
        {
            Depth = depth,
            IsBigEndian = true,
            Compression = (int)Compression.ADOBE_DEFLATE,
            Fields = { [TiffTag.PREDICTOR] = [(int)Predictor.HORIZONTAL] },
        };

        CollectionAssert.AreEqual(expected, Gray(tiff.ToBytes(Deflate(differences)), new SampleRange(0, 255)));
    }

    [TestMethod]
    public void Decode_PackBits_RepeatsAndCopies()
    {
        // TIFF 6.0, section 9: three bytes as they are, nothing, and one byte three times.
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 7, 7, 7 },
            Gray(new RawTiff(6, 1) { Compression = (int)Compression.PACKBITS }.ToBytes([2, 1, 2, 3, 0x80, 0xFE, 7])));
    }

    [TestMethod]
    [DataRow(6, "old-style JPEG")]
    [DataRow(34712, "JPEG 2000")]
    [DataRow(34887, "LERC")]
    [DataRow(34925, "LZMA")]
    [DataRow(50000, "Zstandard")]
    [DataRow(50001, "WebP")]
    [DataRow(50002, "JPEG XL")]
    [DataRow(12345, "an unknown method (12345)")]
    public void Decode_CompressionThatIsNotRead_IsNamed(int compression, string name)
    {
        byte[] file = new RawTiff(4, 1) { Compression = compression }.ToBytes([1, 2, 3, 4]);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.tif")).Message;

        StringAssert.Contains(message, name);
        StringAssert.Contains(message, "LZW, Deflate or no compression");
        Assert.IsFalse(message.Contains("damaged", StringComparison.Ordinal), message);
    }

    [TestMethod]
    [DataRow(Photometric.CIELAB, 3, "CIELAB")]
    [DataRow(Photometric.LOGLUV, 3, "LOGLUV")]
    [DataRow((Photometric)32803, 1, "32803")]
    public void Decode_ColoursThatAreNotRead_AreNamed(Photometric colour, int samples, string name)
    {
        byte[] file = new RawTiff(1, 1) { Colour = colour, Samples = samples }.ToBytes([1, 2, 3]);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "x.tif")).Message, name);
    }

    internal static byte[] Deflate(byte[] data)
    {
        var stream = new MemoryStream();
        using (var deflate = new ZLibStream(stream, CompressionLevel.Fastest)) deflate.Write(data);
        return stream.ToArray();
    }

    internal static int[] Gray(byte[] file, SampleRange? range = null) =>
        [.. Rgb(file, range).Chunk(3).Select(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2] ? pixel[0] : -1)];


    private static byte[] Rgb(byte[] file, SampleRange? range = null)
    {
        using MLImage image = ImageDecoder.Decode(file, "x.tif", range);
        return [.. ImageDecoderTest.Rgba(image).Where((_, i) => i % 4 != 3)];
    }

    private static RawTiff Inks(int depth) => new(2, 1) { Samples = 4, Depth = depth, Colour = Photometric.SEPARATED };

    private static byte[] Fax(int width, int height, byte[] packed, Compression compression, FillOrder order)
    {
        using var folder = new ImagesTestFolder();
        using (Tiff tiff = Tiff.Open(folder["x.tif"], "w"))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, width);
            tiff.SetField(TiffTag.IMAGELENGTH, height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 1);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISWHITE);
            tiff.SetField(TiffTag.COMPRESSION, compression);
            tiff.SetField(TiffTag.FILLORDER, order);
            tiff.SetField(TiffTag.ROWSPERSTRIP, height);
            tiff.WriteEncodedStrip(0, packed, packed.Length);
        }
        return File.ReadAllBytes(folder["x.tif"]);
    }
}
