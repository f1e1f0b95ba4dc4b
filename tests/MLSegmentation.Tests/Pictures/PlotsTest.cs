using MLSegmentation.Pictures;
using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PlotsTest
{
    private static readonly SKColor _first = new(31, 119, 180), _second = new(255, 127, 14);

    [TestMethod]
    public void WriteLines_TwoSeries_DrawsTheLowerOneBelow()
    {
        using var folder = new ImagesTestFolder();

        Plots.WriteLines(
            folder["lines.png"], "Loss", "epoch", "cross-entropy", [new("plain", [2, 2, 2]), new("residual", [1, 1, 1])]);

        using SKBitmap plot = SKBitmap.Decode(folder["lines.png"]);
        Assert.AreEqual((720, 480), (plot.Width, plot.Height));
        Assert.IsLessThan(Rows(plot, _second).Average(), Rows(plot, _first).Average());
    }

    [TestMethod]
    public void WriteScatter_TwoCategories_DrawsPointsOfBothColours()
    {
        using var folder = new ImagesTestFolder();

        Plots.WriteScatter(folder["scatter.png"], "Digits", "z1", "z2", [new("0", [0, 1], [0, 1]), new("1", [2, 3], [1, 0])]);

        using SKBitmap plot = SKBitmap.Decode(folder["scatter.png"]);
        Assert.IsNotEmpty(Rows(plot, _first));
        Assert.IsNotEmpty(Rows(plot, _second));
    }

    [TestMethod]
    public void WriteLines_FewerOrdinatesThanAbscissas_IsRefusedAndWritesNothing()
    {
        using var folder = new ImagesTestFolder();

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => Plots.WriteLines(folder["lines.png"], "", "", "", [new("plain", [1, 2], [1])]));

        Assert.Contains("'plain' has 2 abscissas and 1 ordinates", error.Message);
        Assert.IsFalse(File.Exists(folder["lines.png"]));
    }

    /// <summary>The rows of the left two thirds, where no legend is, that have a pixel of the colour.</summary>
    private static int[] Rows(SKBitmap plot, SKColor colour) =>
        [.. Enumerable.Range(0, plot.Height).Where(y => Enumerable.Range(0, 480).Any(x => plot.GetPixel(x, y) == colour))];
}
