namespace MLSegmentation.Tests;

[TestClass]
public sealed class ScoreLogitsTest
{
    [TestMethod]
    public void OfPair_ProbabilitiesOfLogits_GivesTheLogitsBack()
    {
        // From 17 on the foreground's probability is 1 in a float, and the background's is not 0 up to 87.
        float[] logits = [-80, -20, -1, 0, 0.5f, 3, 20, 80], found = new float[2 * logits.Length];
        float[] background = [.. logits.Select(z => (float)(1 / (1 + Math.Exp(z))))],
            foreground = [.. logits.Select(z => (float)(1 / (1 + Math.Exp(-z))))];

        ScoreLogits.OfPair([.. background, .. foreground], found);

        for (int i = 0; i < logits.Length; i++) Assert.AreEqual(logits[i], found[logits.Length + i], 2e-5f);
    }

    [TestMethod]
    public void OfPair_CertainPixels_AreFinite()
    {
        var found = new float[4];

        ScoreLogits.OfPair([0, 1, 1, 0], found);

        Assert.IsTrue(found[2] > 87 && float.IsFinite(found[2]));
        Assert.AreEqual(-found[2], found[3]);
    }
}
