using SkiaSharp;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class ComparisonPictureTest
{
    private static readonly SKColor _paper = new(250, 250, 250), _image = new(100, 100, 100);
    private static readonly ComparisonPicture _drawing = new(new PictureFont(typeface: null));

    [TestMethod]
    public void Draw_FlatImage_HasItThreeTimesWithTheMasksOverItAndTheColoursBelow()
    {
        // The left half is of class 1; the prediction has the whole image so.
        uint[] label = [.. Enumerable.Range(0, 100 * 80).Select(i => i % 100 < 50 ? 2u : 1u)],
            prediction = [.. Enumerable.Repeat(2u, label.Length)];
        using SKBitmap picture = _drawing.Draw(
            Image("photo.jpg", 100, 80, label, prediction, [default, new(200, 0, 0), new(0, 0, 200)]));

        // Three times as large, 300×240, under two lines of text, a gap, a heading and half a gap.
        Assert.AreEqual((2 * 20) + (3 * 300) + (2 * 16), picture.Width);
        int top = 20 + (2 * 20) + 16 + 20 + 8, middle = top + 120;
        Assert.AreEqual(_paper, picture.GetPixel(20 + 150, top - 1));
        Assert.AreEqual(_image, picture.GetPixel(20 + 150, top));
        Assert.AreEqual(_image, picture.GetPixel(20 + 75, middle));
        Assert.AreEqual(new SKColor(150, 50, 50), picture.GetPixel(336 + 75, middle));
        Assert.AreEqual(_image, picture.GetPixel(336 + 225, middle));
        Assert.AreEqual(new SKColor(150, 50, 50), picture.GetPixel(652 + 225, middle));
        SKColor[] below = [.. Enumerable.Range(0, picture.Width).Select(x => picture.GetPixel(x, top + 240 + 16 + 10))];
        Assert.Contains(new SKColor(200, 0, 0), below);
        Assert.DoesNotContain(new SKColor(0, 0, 200), below, "A class that is in neither mask needs no place in the legend.");
    }

    [TestMethod]
    [DataRow(5000, 40)]
    [DataRow(3, 900)]
    [DataRow(1, 1)]
    public void Draw_AnyShape_IsOfAHandySizeWithTextThatFits(int width, int height)
    {
        uint[] keys = [.. Enumerable.Range(0, width * height).Select(i => 1 + (uint)(i % 40))];
        using SKBitmap picture = _drawing.Draw(Image(new string('n', 500), width, height, keys, keys, Palette.Voc(40)));

        Assert.IsTrue(
            picture.Width is > 300 and < 2200 && picture.Height is > 100 and < 1500, $"{picture.Width}×{picture.Height}");
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < 10; x++)
            {
                Assert.AreEqual(_paper, picture.GetPixel(x, y));
                Assert.AreEqual(_paper, picture.GetPixel(picture.Width - 1 - x, y));
            }
        }
    }

    [TestMethod]
    [DataRow("ro\u202Ead", "ro\\u202Ead")]
    [DataRow("ro\nad", "ro\\u000Aad")]
    public void Draw_ClassNameWithHiddenCharacters_ShowsThem(string name, string shown)
    {
        uint[] keys = [.. Enumerable.Repeat(1u, 100)];
        using SKBitmap picture = _drawing.Draw(Image("a", 10, 10, keys, keys, Palette.Voc(2), name)),
            expected = _drawing.Draw(Image("a", 10, 10, keys, keys, Palette.Voc(2), shown));

        CollectionAssert.AreEqual(expected.Bytes, picture.Bytes);
    }

    [TestMethod]
    public void Draw_ClassNameOfAMillionLetters_ShowsItsStart()
    {
        uint[] keys = [.. Enumerable.Repeat(1u, 100)];
        string start = new('n', 60);
        using SKBitmap picture = _drawing.Draw(Image("a", 10, 10, keys, keys, Palette.Voc(2), new string('n', 1_000_000))),
            expected = _drawing.Draw(Image("a", 10, 10, keys, keys, Palette.Voc(2), start + new string('m', 999_940)));

        CollectionAssert.AreEqual(expected.Bytes, picture.Bytes);
    }

    private static ComparedImage Image(
        string title, int width, int height, uint[] label, uint[] prediction, Rgb[] palette, string name = "class")
    {
        var matrix = new PixelConfusionMatrix(palette.Length);
        matrix.Add(label, prediction);
        byte[] rgba = [.. Enumerable.Range(0, 4 * width * height).Select(i => i % 4 == 3 ? byte.MaxValue : (byte)100)];
        var metrics = new SegmentationMetrics(matrix, [.. palette.Select((_, index) => $"{name} {index}")]);
        return new ComparedImage(title, "the best of 2 images", rgba, width, height, label, prediction, metrics, palette);
    }
}
