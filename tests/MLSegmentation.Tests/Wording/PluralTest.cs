namespace MLSegmentation.Tests;

[TestClass]
public sealed class PluralTest
{
    [TestMethod]
    [DataRow(0, "image", "0 images")]
    [DataRow(1, "image", "1 image")]
    [DataRow(2, "image", "2 images")]
    [DataRow(1200, "image", "1,200 images")]
    [DataRow(1, "class", "1 class")]
    [DataRow(2, "class", "2 classes")]
    [DataRow(3, "batch", "3 batches")]
    [DataRow(3, "epoch", "3 epochs")]
    public void Of_ANumber_HasItsNoun(int number, string what, string expected) =>
        Assert.AreEqual(expected, Plural.Of(number, what));
}
