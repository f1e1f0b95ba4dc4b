namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageGeometryTest
{
    [TestMethod]
    [DataRow(500, 375, ImageSizing.Native, 0, 0, 32, 0, 0, 500, 375, 512, 384, DisplayName = "native, free: up to the multiple")]
    [DataRow(512, 384, ImageSizing.Native, 0, 0, 32, 0, 0, 512, 384, 512, 384, DisplayName = "native, free: a multiple already")]
    [DataRow(1, 1, ImageSizing.Native, 0, 0, 16, 0, 0, 1, 1, 16, 16, DisplayName = "native, free: one pixel")]
    [DataRow(100, 80, ImageSizing.Native, 128, 96, 1, 0, 0, 100, 80, 128, 96, DisplayName = "native, fixed: up to the network")]
    [DataRow(100, 80, ImageSizing.Native, 128, 0, 16, 0, 0, 100, 80, 128, 80, DisplayName = "native, fixed width alone")]
    [DataRow(500, 375, ImageSizing.Stretch, 256, 256, 1, 0, 0, 256, 256, 256, 256, DisplayName = "stretch, fixed")]
    [DataRow(
        500, 375, ImageSizing.Stretch, 0, 0, 32, 200, 100, 200, 100, 224, 128, DisplayName = "stretch, free: target, padded")]
    [DataRow(500, 375, ImageSizing.Stretch, 256, 256, 1, 99, 99, 256, 256, 256, 256,
        DisplayName = "stretch, fixed: the target is unused")]
    [DataRow(500, 375, ImageSizing.Letterbox, 256, 256, 1, 0, 0, 256, 192, 256, 256, DisplayName = "letterbox, fixed")]
    [DataRow(500, 375, ImageSizing.Letterbox, 0, 0, 16, 256, 256, 256, 192, 256, 192, DisplayName = "letterbox, free")]
    [DataRow(375, 500, ImageSizing.Letterbox, 0, 0, 32, 256, 256, 192, 256, 192, 256, DisplayName = "letterbox, upright")]
    [DataRow(
        640, 481, ImageSizing.Letterbox, 0, 0, 32, 320, 240, 319, 240, 320, 256, DisplayName = "letterbox, the height limits")]
    [DataRow(32, 24, ImageSizing.Letterbox, 256, 256, 1, 0, 0, 256, 192, 256, 256, DisplayName = "letterbox, upscaled")]
    [DataRow(
        10000, 1, ImageSizing.Letterbox, 256, 256, 1, 0, 0, 256, 1, 256, 256, DisplayName = "letterbox, a line stays one pixel")]
    public void For_HandWorkedCase_GivesItsSizes(
        int width, int height, ImageSizing sizing, int networkWidth, int networkHeight, int multiple, int targetWidth,
        int targetHeight,
        int scaledWidth, int scaledHeight, int tensorWidth, int tensorHeight)
    {
        var geometry = ImageGeometry.For(width, height, sizing, networkWidth, networkHeight, multiple, targetWidth, targetHeight);

        Assert.AreEqual((width, height), (geometry.ImageWidth, geometry.ImageHeight));
        Assert.AreEqual((scaledWidth, scaledHeight), (geometry.ScaledWidth, geometry.ScaledHeight));
        Assert.AreEqual((tensorWidth, tensorHeight), (geometry.TensorWidth, geometry.TensorHeight));
        Assert.AreEqual((scaledWidth, scaledHeight) != (width, height), geometry.IsResized);
        Assert.AreEqual((scaledWidth, scaledHeight) != (tensorWidth, tensorHeight), geometry.IsPadded);
    }

    [TestMethod]
    public void For_LetterboxOfAnyImage_FitsAndTouchesTheBox()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            (int width, int height, int boxWidth, int boxHeight) =
                (random.Next(1, 3000), random.Next(1, 3000), random.Next(1, 600), random.Next(1, 600));

            var geometry = ImageGeometry.For(width, height, ImageSizing.Letterbox, boxWidth, boxHeight);

            string what = $"{width}×{height} in {boxWidth}×{boxHeight}: {geometry}";
            Assert.IsTrue(geometry.ScaledWidth >= 1 && geometry.ScaledHeight >= 1, what);
            Assert.IsTrue(geometry.ScaledWidth <= boxWidth && geometry.ScaledHeight <= boxHeight, what);
            Assert.IsTrue(geometry.ScaledWidth == boxWidth || geometry.ScaledHeight == boxHeight, what);
        }
    }

    [TestMethod]
    public void For_NativeImageLargerThanTheNetwork_SaysBothSizesAndWhatToDo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => ImageGeometry.For(500, 375, ImageSizing.Native, 256, 256));

        StringAssert.Contains(error.Message, "500×375");
        StringAssert.Contains(error.Message, "256×256");
        StringAssert.Contains(error.Message, "Letterbox");
    }

    [TestMethod]
    [DataRow(ImageSizing.Stretch)]
    [DataRow(ImageSizing.Letterbox)]
    public void For_FreeNetworkAndUnknownTarget_SaysWhatToGive(ImageSizing sizing)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => ImageGeometry.For(500, 375, sizing, 0, 0, 32));

        StringAssert.Contains(error.Message, "width and height");
    }

    [TestMethod]
    public void For_SizeOutOfRange_Throws()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ImageGeometry.For(0, 1, ImageSizing.Native, 0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ImageGeometry.For(1, 1, ImageSizing.Native, -1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ImageGeometry.For(1, 1, ImageSizing.Native, 0, 0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ImageGeometry.For(1, 1, (ImageSizing)9, 5, 5));
    }
}
