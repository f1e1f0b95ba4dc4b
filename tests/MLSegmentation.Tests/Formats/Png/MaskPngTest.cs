namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskPngTest
{
    [TestMethod]
    [DataRow(2, 255, PngColour.Palette)]
    [DataRow(255, 255, PngColour.Palette)]
    [DataRow(256, 65535, PngColour.Gray)]
    [DataRow(300, 65535, PngColour.Gray)]
    [DataRow(65535, 65535, PngColour.Gray)]
    public void Write_AnyNumberOfClasses_KeepsTheFirstTheLastAndNoClass(int classes, int noClass, object colour)
    {
        using var folder = new ImagesTestFolder();
        uint[] keys = [1, 0, (uint)classes, 1, 1, 0];

        MaskPng.Write(folder["mask.png"], keys, 3, 2, Palette.Voc(classes));

        ushort[] values = LabelImageReader.Read(folder["mask.png"]).Values;
        CollectionAssert.AreEqual(keys.Select(key => (ushort)(key == 0 ? noClass : (int)key - 1)).ToArray(), values);
        CollectionAssert.AreEqual(keys, values.Select(value => MaskPng.KeyOf(value, classes)).ToArray());
        Assert.AreEqual(colour, PngFile.Parse(File.ReadAllBytes(folder["mask.png"]), "mask").Header.Colour);
    }

    [TestMethod]
    public void Write_TooManyClassesAKeyOfNoneOrAnotherSize_WritesNothing()
    {
        using var folder = new ImagesTestFolder();
        Assert.ThrowsExactly<ArgumentException>(() => MaskPng.Write(folder["mask.png"], [1], 1, 1, Palette.Voc(65536)));
        Assert.ThrowsExactly<ArgumentException>(() => MaskPng.Write(folder["mask.png"], [4], 1, 1, Palette.Voc(3)));
        Assert.ThrowsExactly<ArgumentException>(() => MaskPng.Write(folder["mask.png"], [1, 1], 1, 1, Palette.Voc(300)));
        Assert.IsEmpty(folder.FileNames);
    }
}
