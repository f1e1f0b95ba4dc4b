using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageTensorTest
{
    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32)]
    [DataRow(MLPixelFormat.Rgba32)]
    public void Fill_NativeSize_GivesTheBytesAsTheyAreAndMirrorsTheEdge(MLPixelFormat format)
    {
        // Wide enough for the vector path and its rest; alpha 0 must not matter.
        (int width, int height) = (37, 3);
        byte[] rgb = RandomColours(width * height);
        using MLImage image = Make(width, height, rgb, format);
        var geometry = ImageGeometry.For(width, height, ImageSizing.Native, 0, 0, 8);
        var tensor = Nans(3 * 40 * 8);

        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(3), tensor);

        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = 0; y < 8; y++)
            {
                for (int x = 0; x < 40; x++)
                {
                    // Rows 0 1 2 go on with 1 0 1 2 1, columns 35 36 with 35 34 33.
                    int source = (new[] { 0, 1, 2, 1, 0, 1, 2, 1 }[y] * width) + (x < width ? x : 2 * (width - 1) - x);
                    Assert.AreEqual((float)rgb[(3 * source) + channel], tensor[(((channel * 8) + y) * 40) + x],
                        $"channel {channel} x {x} y {y}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32, 8, 9)]
    [DataRow(MLPixelFormat.Rgba32, 8, 9)]
    [DataRow(MLPixelFormat.Bgra32, 30, 40)]
    [DataRow(MLPixelFormat.Bgra32, 21, 9)]
    [DataRow(MLPixelFormat.Bgra32, 8, 17)]
    public void Fill_Resized_EqualsResizingEachPlane(MLPixelFormat format, int toWidth, int toHeight)
    {
        (int width, int height) = (21, 17);
        byte[] rgb = RandomColours(width * height);
        using MLImage image = Make(width, height, rgb, format);
        var tensor = Nans(3 * toWidth * toHeight);

        var geometry = ImageGeometry.For(width, height, ImageSizing.Stretch, toWidth, toHeight);
        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(3), tensor);

        for (int channel = 0; channel < 3; channel++)
        {
            float[] plane = [.. rgb.Where((_, i) => i % 3 == channel).Select(value => (float)value)];
            var expected = new float[toWidth * toHeight];
            ImageResizer.Resize(plane, width, height, expected, toWidth, toHeight);
            for (int i = 0; i < expected.Length; i++)
                Assert.AreEqual(expected[i], tensor[(channel * expected.Length) + i], 1e-3f, $"channel {channel} at {i}");
        }
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Bgra32)]
    [DataRow(MLPixelFormat.Rgba32)]
    public void Fill_OneChannel_IsLuma(MLPixelFormat format)
    {
        using MLImage image = Make(2, 1, [10, 20, 30, 200, 100, 0], format);
        var native = new float[2];
        var wide = new float[4];

        ImageTensor.Fill(image, ImageGeometry.For(2, 1, ImageSizing.Native, 0, 0), PixelScaling.AsIs(1), native);
        ImageTensor.Fill(image, ImageGeometry.For(2, 1, ImageSizing.Stretch, 4, 1), PixelScaling.AsIs(1), wide);

        // 0.299·10 + 0.587·20 + 0.114·30 = 18.15 and 0.299·200 + 0.587·100 = 118.5.
        Assert.AreEqual(18.15f, native[0], 1e-4f);
        Assert.AreEqual(118.5f, native[1], 1e-4f);
        Assert.AreEqual(18.15f, wide[0], 1e-4f);
        Assert.AreEqual((0.75f * 18.15f) + (0.25f * 118.5f), wide[1], 1e-4f);
        Assert.AreEqual((0.25f * 18.15f) + (0.75f * 118.5f), wide[2], 1e-4f);
        Assert.AreEqual(118.5f, wide[3], 1e-4f);
    }

    [TestMethod]
    public void Fill_Letterbox_PadsRightAndBelowTheScaledImage()
    {
        using MLImage image = Make(4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)i)], MLPixelFormat.Bgra32);
        var tensor = Nans(3 * 2 * 2);

        ImageTensor.Fill(image, ImageGeometry.For(4, 2, ImageSizing.Letterbox, 2, 2), PixelScaling.AsIs(3), tensor);

        for (int plane = 0; plane < 3; plane++)
        {
            CollectionAssert.AreEqual(tensor[(4 * plane)..((4 * plane) + 2)], tensor[((4 * plane) + 2)..((4 * plane) + 4)]);
            Assert.IsTrue(float.IsFinite(tensor[4 * plane]));
        }
    }

    [TestMethod]
    public void Fill_WrongArguments_SayWhatIsExpected()
    {
        using MLImage image = Make(2, 1, new byte[6], MLPixelFormat.Bgra32);
        var geometry = ImageGeometry.For(2, 1, ImageSizing.Native, 0, 0);

        var colour = PixelScaling.AsIs(3);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => ImageTensor.Fill(image, geometry, colour, new float[4])).Message,
            "3 × 1 × 2");
        var other = ImageGeometry.For(3, 1, ImageSizing.Native, 0, 0);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => ImageTensor.Fill(image, other, colour, new float[9])).Message,
            "expected 3×1");
    }

    [TestMethod]
    public void Restore_Native_CropsThePadding()
    {
        var geometry = ImageGeometry.For(2, 1, ImageSizing.Native, 0, 0, 4);
        float[] tensor = [.. Enumerable.Range(0, 2 * 16).Select(i => (float)i)];
        var planes = new float[2 * 2];

        ImageTensor.Restore(tensor, geometry, 2, planes);

        CollectionAssert.AreEqual(new float[] { 0, 1, 16, 17 }, planes);
    }

    [TestMethod]
    public void Restore_Letterbox_ResizesTheScaledPartAlone()
    {
        // 4×2 in a 2×2 network: the scaled part is the first row; the second is padding and must not show.
        var geometry = ImageGeometry.For(4, 2, ImageSizing.Letterbox, 2, 2);
        var planes = new float[4 * 2];

        ImageTensor.Restore([0, 4, 900, 900], geometry, 1, planes);

        CollectionAssert.AreEqual(new float[] { 0, 1, 3, 4, 0, 1, 3, 4 }, planes);
    }

    private static float[] Nans(int count) => [.. Enumerable.Repeat(float.NaN, count)];

    private static byte[] RandomColours(int pixels)
    {
        var rgb = new byte[3 * pixels];
        new Random(5).NextBytes(rgb);
        return rgb;
    }

    private static MLImage Make(int width, int height, byte[] rgb, MLPixelFormat format)
    {
        byte[] pixels = [.. rgb.Chunk(3)
            .SelectMany(p => format == MLPixelFormat.Bgra32 ? new byte[] { p[2], p[1], p[0], 0 } : [p[0], p[1], p[2], 0])];
        return MLImage.CreateFromPixels(width, height, format, pixels);
    }
}
