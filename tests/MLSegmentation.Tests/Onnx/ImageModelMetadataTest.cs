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
    public void FromProperties_UnknownTask_NamesTheKnownOnes()
    {
        var error = Assert.ThrowsExactly<FormatException>(() => ImageModelMetadata.FromProperties(
            new Dictionary<string, string> { ["mlsegmentation.task"] = "counting" }));

        StringAssert.Contains(
            error.Message, "the task 'counting', expected 'segmentation', 'reconstruction' or 'classification'");
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

    [TestMethod]
    [DataRow(0f)]
    [DataRow(0.3f)]
    [DataRow(1f)]
    public void FromProperties_ForegroundThreshold_ComesBack(float threshold)
    {
        ImageModelMetadata metadata = TestGraphs.Described() with { ForegroundThreshold = threshold };

        Assert.AreEqual(threshold, ImageModelMetadata.FromProperties(metadata.ToProperties()).ForegroundThreshold);
        Assert.IsNull(ImageModelMetadata.FromProperties(TestGraphs.Described().ToProperties()).ForegroundThreshold);
    }

    [TestMethod]
    [DataRow("1.5")]
    [DataRow("-0.1")]
    [DataRow("NaN")]
    public void FromProperties_ForegroundThresholdThatIsNoProbability_IsRefused(string text)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => ImageModelMetadata.FromProperties(
            new Dictionary<string, string> { ["mlsegmentation.foregroundThreshold"] = text }));

        StringAssert.Contains(error.Message, $"'mlsegmentation.foregroundThreshold' is {text}, expected 0 to 1");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(64)]
    public void FromProperties_MinRegionPixels_ComesBack(int pixels)
    {
        ImageModelMetadata metadata = TestGraphs.Described() with { MinRegionPixels = pixels };

        Assert.AreEqual(pixels, ImageModelMetadata.FromProperties(metadata.ToProperties()).MinRegionPixels);
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("2000000000")]
    public void FromProperties_MinRegionPixelsBeyondAnyImage_IsRefused(string text)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => ImageModelMetadata.FromProperties(
            new Dictionary<string, string> { ["mlsegmentation.minRegionPixels"] = text }));

        StringAssert.Contains(error.Message, $"'mlsegmentation.minRegionPixels' is {text}, expected 0 to 400000000");
    }
}
