using MLSegmentation.Masks;

namespace MLSegmentation.Tests.Masks;

[TestClass]
public sealed class PaletteTest
{
    [TestMethod]
    public void Voc_OfTheChallenge_HasItsPublishedColours()
    {
        // The colours that the VOC 2012 development kit lists for background, aeroplane, ..., tv/monitor.
        Rgb[] expected =
        [
            new(0, 0, 0), new(128, 0, 0), new(0, 128, 0), new(128, 128, 0), new(0, 0, 128), new(128, 0, 128), new(0, 128, 128),
            new(128, 128, 128), new(64, 0, 0), new(192, 0, 0), new(64, 128, 0), new(192, 128, 0), new(64, 0, 128),
            new(192, 0, 128), new(64, 128, 128), new(192, 128, 128), new(0, 64, 0), new(128, 64, 0), new(0, 192, 0),
            new(128, 192, 0), new(0, 64, 128),
        ];
        CollectionAssert.AreEqual(expected, Palette.Voc(21));
    }

    [TestMethod]
    public void Voc_OfAllClasses_IsDifferentForEachAndEndsWithVoid()
    {
        Rgb[] palette = Palette.Voc(256);
        Assert.AreEqual(256, palette.Distinct().Count());
        Assert.AreEqual(new Rgb(224, 224, 192), palette[255]);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(257)]
    public void Voc_OfAnotherNumber_Throws(int classes) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Palette.Voc(classes));
}
