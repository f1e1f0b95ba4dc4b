using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class MaskFormatTest
{
    private static readonly Rgb _white = new(255, 255, 255), _red = new(255, 0, 0);
    private static readonly ClassList _coloured = new(["road", "car"], [default, _red], _white);

    [TestMethod]
    public void OptionsFor_ColourMaskAndColours_ReadsColours()
    {
        using var folder = new TestFolder();
        using var image = MLImage.CreateFromPixels(
            3, 1, MLPixelFormat.Rgba32, [255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255]);
        PngWriter.WriteRgb(folder["mask.png"], image);
        ReadMasksOptions options = MaskFormat.OptionsFor(_coloured, 2, null);
        Assert.AreSequenceEqual(_coloured.Colours!, options.Palette!);
        Assert.AreEqual(_white, options.IgnoreColour);
        Assert.AreSequenceEqual([2u, 1u, 0u], Read(folder, options));
    }

    [TestMethod]
    public void OptionsFor_PaletteMaskAndColours_ReadsIndices()
    {
        using var folder = new TestFolder();
        PngWriter.WriteIndexed(folder["mask.png"], [1, 0, 2], 3, 1, Palette.Voc(3));
        Assert.AreSequenceEqual([2u, 1u, 0u], Read(folder, MaskFormat.OptionsFor(_coloured, 2, null)));
    }

    [TestMethod]
    public void OptionsFor_PaletteThatContradictsTheColours_ReadsColours()
    {
        using var folder = new TestFolder();
        PngWriter.WriteIndexed(folder["mask.png"], [1, 0, 2], 3, 1, [_red, default, _white]);
        Assert.AreSequenceEqual([1u, 2u, 0u], Read(folder, MaskFormat.OptionsFor(_coloured, null, null)));
    }

    [TestMethod]
    public void OptionsFor_OneColourForTwoClasses_ReadsIndices() =>
        Assert.IsNull(MaskFormat.OptionsFor(new ClassList(["road", "car"], [_red, _red], null), null, null).Palette);

    [TestMethod]
    public void OptionsFor_Threshold_IsStrongerThanTheClassesValuesAndColours()
    {
        ReadMasksOptions options = MaskFormat.OptionsFor(_coloured with { ClassOfLabel = [0, -1, 1] }, 9, 128);
        Assert.AreEqual(new ReadMasksOptions { IgnoreLabel = 9, Threshold = 128 }, options);
    }

    private static IReadOnlyList<uint> Read(TestFolder folder, ReadMasksOptions options)
    {
        var context = new MLContext();
        IDataView data = context.Data.LoadFromEnumerable([new ImageRow { ImagePath = folder["mask.png"] }]);
        return context.Transforms.ReadMasks("Label", null, _coloured.Names, nameof(ImageRow.ImagePath), options)
            .Fit(data).Transform(data).GetColumn<uint[]>("Label").Single();
    }
}
