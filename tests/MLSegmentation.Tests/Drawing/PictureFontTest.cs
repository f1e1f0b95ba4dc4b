using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PictureFontTest
{
    [TestMethod]
    public void Measure_NoFontOnTheMachine_IsThatOfTheDots()
    {
        // Two letters of five dots and one between them; eight dots and one over and under them. A dot of size 20 is two pixels.
        Assert.AreEqual(new SKSize(22, 20), new PictureFont(typeface: null).Measure("ab", size: 20));
    }

    [TestMethod]
    public void Draw_NoFontOnTheMachine_DrawsTheDots()
    {
        using var bitmap = new SKBitmap(5, 10);
        using var canvas = new SKCanvas(bitmap);

        new PictureFont(typeface: null).Draw(canvas, "T", new SKPoint(0, 0), size: 10, SKColors.Black);

        string[] rows =
            [.. bitmap.Pixels.Chunk(5).Select(row => string.Concat(row.Select(pixel => pixel.Alpha > 0 ? '#' : '.')))];
        CollectionAssert.AreEqual(
            new[] { ".....", "#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#..", ".....", "....." }, rows,
            string.Join('\n', rows));
    }

    [TestMethod]
    public void Draw_LetterWithAnAccent_IsTheLetter()
    {
        Assert.AreEqual(Dots("aoE"), Dots("äöÉ"));
        Assert.AreNotEqual(Dots("a"), Dots("中"));
    }

    [TestMethod]
    public void Default_AnyMachine_DrawsSomething()
    {
        using var bitmap = new SKBitmap(40, 20);
        using var canvas = new SKCanvas(bitmap);

        PictureFont.Default.Draw(canvas, "12", new SKPoint(0, 0), size: 14, SKColors.Black);

        Assert.IsTrue(bitmap.Pixels.Any(pixel => pixel.Alpha > 0));
    }

    private static string Dots(string text)
    {
        using var bitmap = new SKBitmap(40, 10);
        using var canvas = new SKCanvas(bitmap);
        new PictureFont(typeface: null).Draw(canvas, text, new SKPoint(0, 0), size: 10, SKColors.Black);
        return string.Concat(bitmap.Pixels.Select(pixel => pixel.Alpha > 0 ? '#' : '.'));
    }
}
