using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentationModelTest
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Segment_Image_IsTheBrightestChannel()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(), new() { WithConfidence = true });
        using MLImage image = TestImages.Image(9, 7, 4);

        SegmentationResult result = model.Segment(image);

        byte[] rgb = TestImages.Pixels(9, 7, 4);
        Assert.AreEqual((9, 7), (result.Width, result.Height));
        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), result.Mask.ToArray());
        float[] expected = TestImages.BrightestProbabilities(rgb), actual = result.Confidence.ToArray();
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f);
    }

    [TestMethod]
    public async Task SegmentAsync_Files_GivesTheirMasksInOrder()
    {
        using var folder = new TestFolder();
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());
        string[] files = [.. Enumerable.Range(0, 60).Select(i => folder.ImageFile(i % TestFolder.Sizes.Length))];

        var masks = new List<SegmentationResult>();
        await foreach (SegmentationResult result in model.SegmentAsync(files.ToAsyncEnumerable(), TestContext.CancellationToken))
            masks.Add(result);

        Assert.HasCount(files.Length, masks);
        for (int i = 0; i < masks.Count; i++)
        {
            (int width, int height) = TestFolder.Sizes[i % TestFolder.Sizes.Length];
            CollectionAssert.AreEqual(
                TestImages.BrightestKeys(TestImages.Pixels(width, height, i % TestFolder.Sizes.Length)), masks[i].Mask.ToArray());
        }
    }

    [TestMethod]
    public void Segment_SixteenThreads_GiveTheMasksOfOne()
    {
        const int Threads = 16, Images = 10_000, Kinds = 25;
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());
        MLImage[] images = [.. Enumerable.Range(0, Kinds).Select(i => TestImages.Image(5 + i % 7, 4 + i % 5, i))];
        uint[][] expected = [.. images.Select(image => model.Segment(image).Mask.ToArray())];
        int wrong = 0;

        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = thread; i < Images; i += Threads)
            {
                if (!model.Segment(images[i % Kinds]).Mask.Span.SequenceEqual(expected[i % Kinds]))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.AreEqual(0, wrong);
        foreach (MLImage image in images) image.Dispose();
    }

    [TestMethod]
    public void Segment_AfterDispose_Throws()
    {
        var model = SegmentationModel.Load(TestGraphs.BrightestChannel());
        model.Dispose();
        using MLImage image = TestImages.Image(4, 4, 1);

        Assert.ThrowsExactly<ObjectDisposedException>(() => model.Segment(image));
    }

    [TestMethod]
    public void Segment_MirrorAndScalesAveraged_IsTheMaskOfAGraphThatSeesPixelsAlone()
    {
        byte[] rgb = [.. Enumerable.Range(0, 16 * 12).SelectMany(i => i % 16 < 8 ? new byte[] { 200, 20, 60 } : [10, 90, 250])];
        using MLImage image = TestImages.Image(16, 12, rgb);
        using var model = SegmentationModel.Load(
            TestGraphs.BrightestChannel(),
            new() { WithConfidence = true, TestTimeAugmentation = new TestTimeAugmentationOptions { Scales = [1, 0.5, 2] } });

        SegmentationResult result = model.Segment(image);

        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), result.Mask.ToArray());
        Assert.AreEqual(TestImages.BrightestProbabilities(rgb)[0], result.Confidence.Span[0], 1e-4f);
    }

    [TestMethod]
    public void Segment_MirrorAveraged_IsTheMeanOfBothViews()
    {
        // A graph that shifts its image to the right: the mirrored view shifts to the left.
        using var shifting = SegmentationModel.Load(
            TestGraphs.Shifted(), new() { WithConfidence = true, TestTimeAugmentation = new TestTimeAugmentationOptions() });
        using var plain = SegmentationModel.Load(TestGraphs.Shifted(), new() { WithConfidence = true });
        byte[] rgb = TestImages.Pixels(6, 1, 8);
        byte[] mirrored = [.. rgb.Chunk(3).Reverse().SelectMany(pixel => pixel)];
        using MLImage image = TestImages.Image(6, 1, rgb), mirror = TestImages.Image(6, 1, mirrored);

        SegmentationResult mean = shifting.Segment(image), one = plain.Segment(image);
        SegmentationResult other = plain.Segment(mirror);

        for (int x = 0; x < 6; x++)
        {
            if (one.Mask.Span[x] != other.Mask.Span[5 - x]) continue;
            Assert.AreEqual((one.Confidence.Span[x] + other.Confidence.Span[5 - x]) / 2, mean.Confidence.Span[x], 1e-5f);
        }
    }

    [TestMethod]
    public void Load_ScalesForAFixedNetwork_AreRefused()
    {
        var options = new SegmentationModelOptions { TestTimeAugmentation = new TestTimeAugmentationOptions { Scales = [1, 2] } };

        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationModel.Load(TestGraphs.BrightestChannel(8, 8), options)).Message;

        StringAssert.Contains(message, "fixed");
    }

    [TestMethod]
    [DataRow(ImageSizing.Stretch, 8, 8)]
    [DataRow(ImageSizing.Letterbox, 8, 4)]
    [DataRow(ImageSizing.Crop, 8, 8)]
    public void Segment_AtTheNetworksSize_HasWhatItSaw(ImageSizing sizing, int width, int height)
    {
        using var model = SegmentationModel.Load(
            TestGraphs.BrightestChannel(8, 8), new() { Sizing = sizing, MaskSize = MaskSize.Network });
        using MLImage image = TestImages.Image(40, 20, 3);

        SegmentationResult result = model.Segment(image);

        Assert.AreEqual((width, height), (result.Width, result.Height));
        Assert.AreEqual(width * height, result.Mask.Length);
    }

    [TestMethod]
    public void Segment_Cropped_HasNoClassBesideTheMiddle()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(8, 8), new() { Sizing = ImageSizing.Crop });
        byte[] rgb = [.. Enumerable.Range(0, 16 * 8).SelectMany(_ => new byte[] { 9, 99, 9 })];
        using MLImage image = TestImages.Image(16, 8, rgb);

        uint[] mask = model.Segment(image).Mask.ToArray();

        for (int i = 0; i < mask.Length; i++) Assert.AreEqual(i % 16 is >= 4 and < 12 ? 2u : 0u, mask[i]);
    }
}
