namespace MLSegmentation.Tests;

[TestClass]
public sealed class ConfidencePngTest
{
    [TestMethod]
    public void Write_Probabilities_AreGrayValues()
    {
        using var folder = new ImagesTestFolder();

        ConfidencePng.Write(folder["a.png"], [0, 1, 0.5f, 0.25f, 0.999f, 0.001f], 3, 2);

        LabelImage read = LabelImageReader.Read(folder["a.png"]);
        Assert.AreEqual((3, 2), (read.Width, read.Height));
        CollectionAssert.AreEqual(new ushort[] { 0, 255, 128, 64, 255, 0 }, read.Values);
    }

    [TestMethod]
    [DataRow(-0.1f)]
    [DataRow(1.1f)]
    [DataRow(float.NaN)]
    public void Write_NoProbability_SaysWhereAndWritesNothing(float value)
    {
        using var folder = new ImagesTestFolder();

        var error = Assert.ThrowsExactly<ArgumentException>(() => ConfidencePng.Write(folder["a.png"], [0, value], 2, 1));

        StringAssert.Contains(error.Message, "place 1");
        Assert.IsEmpty(folder.FileNames);
    }
}
