using Microsoft.ML.Data;
using MLSegmentation.Pictures;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageSheetTest
{
    private static readonly SKColor _red = new(255, 0, 0), _green = new(0, 255, 0), _blue = new(0, 0, 255);

    /// <summary>
    /// Two tiles of 4×4 with a gap of 1: 11×6 pixels. The first has two pixels enlarged four by two, the second one pixel.
    /// </summary>
    [TestMethod]
    public void Write_SmallImages_EnlargesTheirPixelsIntoTheTiles()
    {
        using var folder = new ImagesTestFolder();
        using var sheet = new ImageSheet(columns: 2, rows: 1, tileWidth: 4, tileHeight: 4, gap: 1);
        sheet.SetGrey(0, 0, [0, 100], width: 2);
        sheet.SetRgb(1, 0, [255, 0, 0], width: 1);

        sheet.Write(folder["sheet.png"]);

        using SKBitmap picture = SKBitmap.Decode(folder["sheet.png"]);
        Assert.AreEqual((11, 6), (picture.Width, picture.Height));
        Assert.AreEqual(SKColors.White, picture.GetPixel(0, 0));
        Assert.AreEqual(SKColors.White, picture.GetPixel(1, 1), "above the image, which keeps its proportions");
        Assert.AreEqual(SKColors.Black, picture.GetPixel(1, 2));
        Assert.AreEqual(SKColors.Black, picture.GetPixel(2, 3));
        Assert.AreEqual(new SKColor(100, 100, 100), picture.GetPixel(3, 2));
        Assert.AreEqual(SKColors.White, picture.GetPixel(5, 3), "between the tiles");
        Assert.AreEqual(_red, picture.GetPixel(6, 1));
        Assert.AreEqual(_red, picture.GetPixel(9, 4));
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Rgba32, new byte[] { 255, 0, 0, 255, 0, 0, 255, 255 })]
    [DataRow(MLPixelFormat.Bgra32, new byte[] { 0, 0, 255, 255, 255, 0, 0, 255 })]
    public void SetImage_EitherPixelFormat_KeepsItsColours(MLPixelFormat format, byte[] redThenBlue)
    {
        using var folder = new ImagesTestFolder();
        using var sheet = new ImageSheet(columns: 1, rows: 1, tileWidth: 2, tileHeight: 1, gap: 0);
        using (MLImage image = MLImage.CreateFromPixels(2, 1, format, redThenBlue))
        {
            sheet.SetImage(0, 0, image);
        }

        sheet.Write(folder["sheet.png"]);

        using SKBitmap picture = SKBitmap.Decode(folder["sheet.png"]);
        CollectionAssert.AreEqual(new[] { _red, _blue }, picture.Pixels);
    }

    [TestMethod]
    public void Write_Captions_StandsOverTheColumnsAndBesideTheRows()
    {
        using var folder = new ImagesTestFolder();
        using var sheet = new ImageSheet(columns: 1, rows: 1, tileWidth: 40, tileHeight: 40, gap: 2)
        {
            ColumnCaptions = ["Mask"],
            RowCaptions = ["Best"],
        };
        sheet.SetRgb(0, 0, [0, 255, 0], width: 1);

        sheet.Write(folder["sheet.png"]);

        using SKBitmap picture = SKBitmap.Decode(folder["sheet.png"]);
        (int left, int top) = (picture.Width - 42, picture.Height - 42);
        Assert.AreEqual(_green, picture.GetPixel(left, top));
        Assert.IsTrue(HasInk(picture, left, 0, picture.Width, top), "column caption");
        Assert.IsTrue(HasInk(picture, 0, top, left, picture.Height), "row caption");
    }

    [TestMethod]
    public void SetGrey_NoWholeRows_IsRefused()
    {
        using var sheet = new ImageSheet(columns: 1, rows: 1, tileWidth: 4, tileHeight: 4);
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => sheet.SetGrey(0, 0, new byte[5], width: 2));
        Assert.Contains("5 pixels", error.Message);
    }

    [TestMethod]
    public void SetGrey_OutsideTheSheet_IsRefused()
    {
        using var sheet = new ImageSheet(columns: 1, rows: 1, tileWidth: 4, tileHeight: 4);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => sheet.SetGrey(1, 0, new byte[4], width: 2));
    }

    private static bool HasInk(SKBitmap picture, int left, int top, int right, int bottom)
    {
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                if (picture.GetPixel(x, y).Green < 100)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
