using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>
/// A JPEG that the network sees small is decoded small; its mask is that of the image in full to a few pixels along borders.
/// </summary>
[TestClass]
public sealed class ReducedDecodingTest
{
    private const int Width = 1280, Height = 960;
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(320, 240, 4, DisplayName = "a quarter")]
    [DataRow(300, 200, 4, DisplayName = "less than a quarter")]
    [DataRow(330, 240, 2, DisplayName = "more than a quarter")]
    [DataRow(100, 75, 8, DisplayName = "less than an eighth")]
    [DataRow(1280, 960, 1, DisplayName = "in full")]
    public void DecodePixels_LeastSize_IsNeverFallenShortOf(int leastWidth, int leastHeight, int factor)
    {
        string file = WriteScene();

        using DecodedImage image = ImageDecoder.DecodePixels(file, (leastWidth, leastHeight));

        Assert.AreEqual((Width / factor, Height / factor), (image.Width, image.Height));
        Assert.AreEqual((Width, Height), (image.FullWidth, image.FullHeight));
    }

    [TestMethod]
    [DataRow(ImageSizing.Stretch)]
    [DataRow(ImageSizing.Letterbox)]
    [DataRow(ImageSizing.Crop)]
    public void Segment_File_IsTheMaskOfTheImageInFull(ImageSizing sizing)
    {
        string file = WriteScene();
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel(200, 240), new() { Sizing = sizing });
        using MLImage image = ImageDecoder.Decode(file);

        SegmentationResult full = model.Segment(image), reduced = model.Segment(file);

        Assert.AreEqual((full.Width, full.Height), (reduced.Width, reduced.Height));
        double same = Enumerable.Range(0, full.Mask.Length).Count(i => full.Mask.Span[i] == reduced.Mask.Span[i])
            / (double)full.Mask.Length;
        Assert.IsGreaterThan(0.995, same);
    }

    private string WriteScene()
    {
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(200, 60, 40));
        using var paint = new SKPaint { IsAntialias = true };
        var random = new Random(5);
        for (int i = 0; i < 30; i++)
        {
            paint.Color = i % 2 == 0 ? new SKColor(50, 190, 70) : new SKColor(40, 80, 210);
            canvas.DrawCircle(random.Next(Width), random.Next(Height), random.Next(30, 150), paint);
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        string file = _folder.FileNamed("scene.jpg");
        File.WriteAllBytes(file, data.ToArray());
        return file;
    }
}
