namespace MLSegmentation.Tests;

/// <summary>What a large image takes is never there twice, and the system's again afterwards.</summary>
[TestClass]
public sealed class LargeImageMemoryTest
{
    private const int Width = 8000, Height = 5000, FewBytes = 8 << 20;
    private readonly ImagesTestFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Segment_LargeFileIntoAMaskFile_TakesNoArraysOfItsSize()
    {
        string image = WriteImage();
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(16, 16), new() { Sizing = ImageSizing.Stretch });
        long before = GC.GetAllocatedBytesForCurrentThread();

        model.Segment(image, _folder["mask.png"]);

        Assert.IsLessThan(FewBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        LabelImage mask = LabelImageReader.Read(_folder["mask.png"]);
        Assert.AreEqual((Width, Height), (mask.Width, mask.Height));
        Assert.AreEqual(-1, mask.Values.AsSpan().IndexOfAnyExcept((ushort)0));
    }

    [TestMethod]
    public async Task Score_File_HasItsShareOfMemoryUntilItsMaskIsRead()
    {
        string image = WriteImage();
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(16, 16), new() { Sizing = ImageSizing.Stretch });

        Task<IDisposable> next;
        using (LentScorer scorer = model.Rent())
        {
            SegmentedImage result = scorer.Score(ImageSource.OfFile(image), TestContext.CancellationToken);
            next = Task.Run(() => ImageMemory.Take(ImageMemory.Bytes), TestContext.CancellationToken);
            Assert.IsFalse(next.Wait(100, TestContext.CancellationToken));
            Assert.AreEqual(1u, result.Mask[^1]);
        }

        (await next).Dispose();
    }

    [TestMethod]
    public void Score_ImageThatCannotBeScored_LeavesItsShareToOthers()
    {
        using var model = SegmentationModel.Load(
            TestGraphs.OnlyOfOneSize(), new() { Preparation = ImagePreparation.AsIs });

        Assert.Throws<Exception>(() => model.Segment(WriteImage()));

        ImageMemory.Take(ImageMemory.Bytes).Dispose();
    }

    [TestMethod]
    public void FreePixels_Image_LeavesItsShareToTheCaller()
    {
        using DecodedImage image = ImageDecoder.DecodePixels(WriteImage(), leastSize: null);

        using IDisposable? share = image.FreePixels();

        Assert.AreEqual(0, image.Pixels.Length);
        Assert.IsNotNull(share);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(300)]
    public void Write_LargeMask_TakesNoArrayOfItsSize(int classes)
    {
        var keys = new uint[3000 * 2000];
        IReadOnlyList<Rgb> palette = Palette.Voc(classes);
        using var file = new MemoryStream(1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();

        MaskPng.Write(file, keys, 3000, 2000, palette);

        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Of_ResultsOfAnySize_AreZeroAtFirstAndThenKept()
    {
        var buffer = new ResultBuffer<uint>();
        int large = (128 << 20) / sizeof(uint) + 1;

        foreach (int length in (int[])[4, large, 3])
        {
            Span<uint> values = buffer.Of(length);
            Assert.AreEqual(length, values.Length);
            Assert.AreEqual(length == 3 ? 7u : 0u, values[^1]);
            values.Fill(7);
            Assert.AreEqual(7u, buffer.Of(length)[0]);
            buffer.FreeLarge();
        }
    }

    /// <summary>A red image of 40 million pixels.</summary>
    private string WriteImage() => _folder.Write("large.png", TestPng.FromChunks(
        ("IHDR", [0, 0, 0x1F, 0x40, 0, 0, 0x13, 0x88, 1, 3, 0, 0, 0]), ("PLTE", [200, 10, 10]),
        ("IDAT", TestPng.Deflate(new byte[1001 * Height])), ("IEND", [])));
}
