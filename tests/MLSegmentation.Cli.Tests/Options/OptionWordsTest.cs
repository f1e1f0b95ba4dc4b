namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class OptionWordsTest
{
    [TestMethod]
    [DataRow("The BatchSize is 0.", "The --batch is 0.")]
    [DataRow("(another ending: maskSuffix).", "(another ending: --mask-suffix).")]
    [DataRow(
        "in that of its mask (maskSuffix; \"\" for nothing), or", "in that of its mask (--mask-suffix; \"\" for nothing), or")]
    [DataRow("The folder 'BatchSize' has no images.", "The folder 'BatchSize' has no images.")]
    [DataRow("'/it's/BatchSize' and 'maskSuffix': give BatchSize.", "'/it's/BatchSize' and 'maskSuffix': give --batch.")]
    [DataRow("An image's mask, the classes' MaskSize.", "An image's mask, the classes' --mask-size.")]
    [DataRow("Network was 'Seed', is 'MaskSize'.", "--network was 'Seed', is 'MaskSize'.")]
    public void Translate_NamesOfTheLibrary_BecomeOptionsOutsideOfQuotations(string message, string expected) =>
        Assert.AreEqual(expected, OptionWords.Translate(message));
}
