using Microsoft.ML.Data;
using MLSegmentation.Cli.Inputs;
using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class MaskFormatTest
{
    private static readonly Rgb _white = new(255, 255, 255);
    private static readonly ClassList _coloured = new(["road", "car"], [default, new Rgb(255, 0, 0)], _white);

    [TestMethod]
    public void OptionsFor_ColourMaskAndColours_ReadsColours()
    {
        using var folder = new TestFolder();
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [255, 0, 0, 255]);
        PngWriter.WriteRgb(folder["mask.png"], image);
        ReadMasksOptions options = MaskFormat.OptionsFor([folder["mask.png"]], _coloured, 2);
        Assert.AreSequenceEqual(_coloured.Colours!, options.Palette!);
        Assert.AreEqual(_white, options.IgnoreColour);
    }

    [TestMethod]
    public void OptionsFor_PaletteMaskAndColours_ReadsIndices()
    {
        using var folder = new TestFolder();
        PngWriter.WriteIndexed(folder["mask.png"], [1], 1, 1, Palette.Voc(2));
        ReadMasksOptions options = MaskFormat.OptionsFor([folder["mask.png"]], _coloured, 2);
        Assert.IsNull(options.Palette);
        Assert.AreEqual(2, options.IgnoreLabel);
    }
}
