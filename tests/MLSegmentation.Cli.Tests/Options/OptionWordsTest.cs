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
    [DataRow(
        "Set Preparation to ImagePreparation.ImageNetRgb (torchvision), AsIs (none) or numbers of your own.",
        "Give --preparation imagenet-rgb (torchvision), as-is (none) or numbers such as "
        + "scale=1/255,mean=0.5,deviation=0.25,order=bgr.")]
    [DataRow("Set Scores to ScoreKind.Logits.", "Give --scores logits.")]
    [DataRow("Leave OneChannel out, or set Scores to ScoreKind.Logits.", "Leave --one-channel out, or give --scores logits.")]
    [DataRow("Set OneChannel where it is.", "Give --one-channel where it is.")]
    [DataRow("Name each, or set OneChannel where it is.", "Name each, or give --one-channel where it is.")]
    [DataRow("Set Output to 'out', or ScoreKind.IndependentLogits.", "Give --output 'out', or independent-logits.")]
    [DataRow(
        "Threshold is 0.5, but it has labels. Leave Threshold out, or set Output to an output of scores.",
        "--threshold is 0.5, but it has labels. Leave --threshold out, or give --output an output of scores.")]
    [DataRow(
        "Scores is ScoreKind.IndependentLogits, Classes is 4. Leave Scores out. Leave Classes out.",
        "--scores is independent-logits, --class-count is 4. Leave --scores out. Leave --class-count out.")]
    [DataRow(
        "Where it is, set Output to 'Output' and say with Scores what it is.",
        "Where it is, give --output 'Output' and say with --scores what it is.")]
    [DataRow("Use ClassifyImage.", "Score it in code, with ClassifyImage.")]
    [DataRow(
        "Set Preparation to the one that is right. Set Preparation to one of these.",
        "Give the one with --preparation that is right. Give one of these with --preparation.")]
    [DataRow("Expected 2 to 65535 for Classes.", "Expected 2 to 65535 for --class-count.")]
    [DataRow("Give ClassNames or Classes, or OneChannel.", "Give --classes or --class-count, or --one-channel.")]
    public void Translate_NamesOfTheLibrary_BecomeOptionsOutsideOfQuotations(string message, string expected) =>
        Assert.AreEqual(expected, OptionWords.Translate(message));
}
