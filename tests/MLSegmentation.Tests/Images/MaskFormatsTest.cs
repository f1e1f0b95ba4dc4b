namespace MLSegmentation.Tests;

/// <summary>GIF and BMP files as masks: their palette indices are the labels.</summary>
[TestClass]
public sealed class MaskFormatsTest
{
    [TestMethod]
    public void Read_Gif_GivesTheIndices()
    {
        byte[] indices = ImageCorpus.Levels(60);

        LabelImage mask = LabelImageReader.Read(TestGif.Build(10, 6, indices), "mask.gif");

        Assert.AreEqual((10, 6), (mask.Width, mask.Height));
        CollectionAssert.AreEqual(indices.Select(index => (ushort)index).ToArray(), mask.Values);
    }

    [TestMethod]
    public void Read_GifWhosePictureIsSmallerThanItsScreen_HasTheBackgroundAround()
    {
        byte[] file = [.. TestGif.Start(4, 2), .. TestGif.Picture(1, 1, 2, 1, [7, 9]), 0x3B];
        file[11] = 5;

        CollectionAssert.AreEqual(new ushort[] { 5, 5, 5, 5, 5, 7, 9, 5 }, LabelImageReader.Read(file, "mask.gif").Values);
    }

    [TestMethod]
    [DataRow(1, new byte[] { 0b0100_0000, 0, 0, 0, 0b1010_0000, 0, 0, 0 }, new[] { 1, 0, 1, 0, 1, 0 })]
    [DataRow(4, new byte[] { 0x12, 0x30, 0, 0, 0x45, 0xF0, 0, 0 }, new[] { 4, 5, 15, 1, 2, 3 })]
    [DataRow(8, new byte[] { 7, 8, 9, 0, 0, 1, 200, 0 }, new[] { 0, 1, 200, 7, 8, 9 })]
    public void Read_PaletteBmp_GivesTheIndices(int bits, byte[] rows, int[] expected)
    {
        LabelImage mask = LabelImageReader.Read(TestBmp.Build(3, 2, (short)bits, 0, rows, 0x010203, 0x0A0B0C), "mask.bmp");

        CollectionAssert.AreEqual(expected.Select(index => (ushort)index).ToArray(), mask.Values);
    }

    [TestMethod]
    public void Read_ColoursGiven_LooksUpPaletteAndColours()
    {
        var labels = new Dictionary<Rgb, int> { [new(1, 2, 3)] = 4, [new(10, 11, 12)] = 300 };

        LabelImage palette = LabelImageReader.Read(
            TestBmp.Build(2, 1, 8, 0, [1, 0, 0, 0], 0x010203, 0x0A0B0C), "mask.bmp", labels);
        LabelImage colours = LabelImageReader.Read(TestBmp.Rgb24(2, 1, [10, 11, 12, 1, 2, 3]), "mask.bmp", labels);

        CollectionAssert.AreEqual(new ushort[] { 300, 4 }, palette.Values);
        CollectionAssert.AreEqual(new ushort[] { 300, 4 }, colours.Values);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(8)]
    public void Read_PngThatIsStoredTurned_IsUprightAsItsSizeSays(int orientation)
    {
        byte[] exif = ImageDecoderTest.Tiff(orientation, bigEndian: true),
            colours = [.. Enumerable.Range(0, 18).Select(value => (byte)value)];
        ushort[] stored = [0, 1, 2, 3, 4, 5];
        (int width, int height, ushort[] upright) = orientation switch
        {
            3 => (3, 2, new ushort[] { 5, 4, 3, 2, 1, 0 }),
            6 => (2, 3, [3, 0, 4, 1, 5, 2]),
            8 => (2, 3, [2, 5, 1, 4, 0, 3]),
            _ => (3, 2, stored),
        };
        var labels = Enumerable.Range(0, 6)
            .ToDictionary(label => new Rgb(colours[3 * label], colours[(3 * label) + 1], colours[(3 * label) + 2]));
        using var folder = new ImagesTestFolder();
        foreach (byte[] file in new[]
        {
            TestPng.Build(3, 2, 8, 0, stored, exif: exif),
            TestPng.Build(3, 2, 8, 3, stored, palette: colours, exif: exif),
            TestPng.Build(3, 2, 16, 4, [.. stored.SelectMany(value => new ushort[] { value, 9 })], exif: exif),
            TestPng.Build(3, 2, 8, 2, [.. colours.Select(value => (ushort)value)], exif: exif),
        })
        {
            LabelImage mask = LabelImageReader.Read(
                file, "mask.png", MaskImageReader.TryReadKind(file, "mask.png") == MaskColours.Rgb ? labels : null);

            Assert.AreEqual((width, height), (mask.Width, mask.Height));
            Assert.AreEqual((width, height), ImageHeader.TryReadSize(folder.Write("mask.png", file)));
            CollectionAssert.AreEqual(upright, mask.Values);
        }
    }

    [TestMethod]
    public async Task TryRead_AnyKind_HoldsItsShareOfMemory()
    {
        foreach (byte[] file in new[]
        {
            TestPng.Build(2, 1, 8, 0, [1, 2]), TestPng.Build(2, 1, 8, 2, new ushort[6]), TestGif.Build(2, 1, [1, 2]),
            TestBmp.Build(2, 1, 8, 0, [1, 0, 0, 0], 0x010203, 0x0A0B0C), TestBmp.Rgb24(1, 1, [1, 2, 3]),
            new RawTiff(2, 1).ToBytes([1, 2]),
        })
        {
            MaskImage mask = MaskImageReader.TryRead(file, "mask")!;
            Task<IDisposable> all = Task.Run(() => ImageMemory.Take(ImageMemory.Bytes));

            Assert.AreNotSame(all, await Task.WhenAny(all, Task.Delay(50)));
            mask.Dispose();
            (await all).Dispose();
        }
    }

    [TestMethod]
    public void Read_ColourBmpWithoutColours_SaysWhatToGive()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => LabelImageReader.Read(TestBmp.Rgb24(1, 1, [1, 2, 3]), "mask.bmp"));

        StringAssert.Contains(error.Message, "Give the colour of each class");
    }
}
