using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Images that never are a file of their own give the masks that files give.</summary>
[TestClass]
public sealed class InMemorySegmentationTest
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(ImageSizing.Native)]
    [DataRow(ImageSizing.Tiled)]
    public async Task Segment_BytesAndStreams_GiveTheMaskOfTheFile(ImageSizing sizing)
    {
        using var folder = new TestFolder();
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(), new() { Sizing = sizing, WithConfidence = true });
        byte[] bytes = File.ReadAllBytes(folder.ImageFile(2));
        using var stream = new MemoryStream([9, 9, .. bytes]);
        SegmentationResult expected = model.Segment(folder.ImageFile(2));

        foreach (Func<Task<SegmentationResult>> segment in (Func<Task<SegmentationResult>>[])
            [() => Task.FromResult(model.Segment(bytes)), () =>
                Task.FromResult(model.Segment(stream)), () => model.SegmentAsync(stream, TestContext.CancellationToken)])
        {
            stream.Position = 2;
            SegmentationResult result = await segment();
            Assert.AreEqual((expected.Width, expected.Height), (result.Width, result.Height));
            CollectionAssert.AreEqual(expected.Mask.ToArray(), result.Mask.ToArray());
            CollectionAssert.AreEqual(expected.Confidence.ToArray(), result.Confidence.ToArray());
        }
        Assert.IsTrue(stream.CanRead);
    }

    [TestMethod]
    public async Task Segment_NoImage_SaysWhatWasReceived()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());

        Assert.Contains("in memory", Assert.ThrowsExactly<InvalidDataException>(() => model.Segment((byte[])[])).Message);
        Assert.ThrowsExactly<InvalidDataException>(() => model.Segment("no image"u8.ToArray()));
        await Assert.ThrowsExactlyAsync<InvalidDataException>(
            () => model.SegmentAsync(Stream.Null, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SegmentAsync_Cancelled_Ends()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => model.SegmentAsync(new MemoryStream([1]), new CancellationToken(canceled: true)));
    }

    /// <summary>
    /// By hand: 100 half under red is 178, 50, 50; one painted pixel alone would be an outline, so all are painted.
    /// </summary>
    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32)]
    [DataRow(MLPixelFormat.Rgba32)]
    public void Draw_MaskOnImage_LeavesTheImageAsItWas(MLPixelFormat format)
    {
        byte[] gray = [.. Enumerable.Repeat((byte[])[100, 100, 100, 255], 4).SelectMany(pixel => pixel)];
        using MLImage image = MLImage.CreateFromPixels(2, 2, format, gray);

        using MLImage drawn = MaskOverlay.Draw(image, [1, 1, 1, 1], [new Rgb(255, 0, 0)]);

        CollectionAssert.AreEqual(gray, image.Pixels.ToArray());
        byte[] pixel = format == MLPixelFormat.Rgba32 ? [178, 50, 50, 255] : [50, 50, 178, 255];
        CollectionAssert.AreEqual(Enumerable.Repeat(pixel, 4).SelectMany(value => value).ToArray(), drawn.Pixels.ToArray());
    }
}
