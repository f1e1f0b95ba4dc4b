using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OverlayMaskTransformerTest
{
    private static readonly OverlayMaskOptions _options = new()
    {
        Palette = [new(9, 9, 9), new(200, 0, 0), new(0, 100, 0)],
        Opacity = 0.25,
        Background = 1,
    };
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Transform_MasksOfAnySize_DrawsThemAlsoAfterAZip()
    {
        TestMask[] masks = [.. RandomMasks.Small(10)];
        IDataView data = MaskRows.OfAnySize(_ml, masks);
        OverlayMaskTransformer transformer = _ml.Transforms.OverlayMask("Overlay", "Mask", "Image", _options).Fit(data);

        foreach (IDataView drawn in new[] { transformer.Transform(data), MaskRows.TransformLoaded(_ml, transformer, data) })
        {
            int i = 0;
            foreach (MLImage image in drawn.GetColumn<MLImage>("Overlay"))
            {
                byte[] expected =
                    [.. Enumerable.Repeat(new byte[] { 0, 0, 0, 255 }, masks[i].Keys.Length).SelectMany(pixel => pixel)];
                ChannelOrder order = image.PixelFormat == MLPixelFormat.Bgra32 ? ChannelOrder.Bgra : ChannelOrder.Rgba;
                MaskOverlay.Draw(expected, order, masks[i].Width, masks[i].Height, masks[i].Keys, _options.Palette!, 0.25, 1);
                CollectionAssert.AreEqual(expected, image.Pixels.ToArray());
                i++;
            }
            Assert.AreEqual(masks.Length, i);
            Assert.AreEqual(data.Schema["Image"].Type, drawn.Schema["Overlay"].Type);
        }
    }

    [TestMethod]
    public void Transform_MaskOfOtherTypeThanTheImage_IsRefused()
    {
        IDataView data = MaskRows.OfOneSize(_ml, TestMask.Parse("12", "12"));
        IDataView resized = _ml.Transforms.ResizeImages("Image", 3, 2).Fit(data).Transform(data);

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.OverlayMask("Overlay", "Mask", "Image").Fit(resized)).Message;

        StringAssert.Contains(message, "a mask of the images in 'Image'");
    }

    [TestMethod]
    public void Fit_OptionsThatDoNotFitTheClasses_AreRefused()
    {
        IDataView data = MaskRows.OfAnySize(_ml, TestMask.Parse("12", "12"));

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.OverlayMask("Overlay", "Mask", "Image", new() { Opacity = 1.1 }));
        foreach (OverlayMaskOptions wrong in new OverlayMaskOptions[] { new() { Background = 3 }, new() { Background = -2 },
            new() { Palette = [new(1, 1, 1)] } })
        {
            string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _ml.Transforms.OverlayMask("Overlay", "Mask", "Image", wrong).Fit(data)).Message;
            StringAssert.Contains(message, "the classes of column 'Mask' are background, pit, scratch");
        }
    }

    [TestMethod]
    public void GetOutputSchema_Overlay_IsAnImage()
    {
        IDataView data = MaskRows.OfOneSize(_ml, TestMask.Parse("12", "12"));
        OverlayMaskEstimator estimator = _ml.Transforms.OverlayMask("Overlay", "Mask", "Image");

        SchemaShape.Column promised = estimator.GetOutputSchema(MaskRows.Shape(data.Schema))
            .Single(column => column.Name == "Overlay");

        Assert.AreEqual(estimator.Fit(data).GetOutputSchema(data.Schema)["Overlay"].Type, promised.ItemType);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.OverlayMask("Overlay", "Image", "Image").GetOutputSchema(MaskRows.Shape(data.Schema)));
    }
}
