namespace MLSegmentation.Tests;

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
    public void Voc_OfMoreClassesThanTheChallenge_GoesOnByTheSameRule()
    {
        Rgb[] palette = Palette.Voc(5000);
        CollectionAssert.AreEqual(Palette.Voc(256), palette[..256]);
        Assert.AreEqual(5000, palette.Distinct().Count());

        // 300 is 100 101 100 in threes of bits from the highest: blue; blue and red; blue.
        Assert.AreEqual(new Rgb(64, 0, 224), palette[300]);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow((1 << 24) + 1)]
    public void Voc_OfAnotherNumber_Throws(int classes) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Palette.Voc(classes));
}
