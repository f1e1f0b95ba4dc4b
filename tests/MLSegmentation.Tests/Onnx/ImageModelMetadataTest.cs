namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageModelMetadataTest
{
    [TestMethod]
    public void FromProperties_EachKindOfScores_ComesBack()
    {
        foreach (ScoreKind kind in Enum.GetValues<ScoreKind>())
        {
            ImageModelMetadata metadata = TestGraphs.Described() with { Scores = kind };

            Assert.AreEqual(kind, ImageModelMetadata.FromProperties(metadata.ToProperties()).Scores);
        }
        Assert.IsNull(ImageModelMetadata.FromProperties(TestGraphs.Described().ToProperties()).Scores);
    }

    [TestMethod]
    [DataRow("odds")]
    [DataRow("7")]
    public void FromProperties_UnknownScores_NamesTheKinds(string text)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => ImageModelMetadata.FromProperties(
            new Dictionary<string, string> { ["mlsegmentation.scores"] = text }));

        StringAssert.Contains(error.Message, $"'mlsegmentation.scores' is '{text}', expected one of Logits, Probabilities, ");
    }
}
