namespace MLSegmentation.Tests;

[TestClass]
public sealed class RocCurveTest
{
    private const double Tolerance = 1e-15;

    [TestMethod]
    // 1 is above 0 and ties with two; 2 is above all three.
    [DataRow(new[] { 1f, 2f }, new[] { 0f, 1f, 1f }, 5.0 / 6)]
    [DataRow(new[] { 3f, 4f }, new[] { 1f, 2f }, 1.0)]
    [DataRow(new[] { 1f, 2f }, new[] { 3f, 4f }, 0.0)]
    [DataRow(new[] { 7f, 7f }, new[] { 7f, 7f, 7f }, 0.5)]
    // The example of scikit-learn's roc_auc_score: labels 0 0 1 1, scores 0.1 0.4 0.35 0.8.
    [DataRow(new[] { 0.35f, 0.8f }, new[] { 0.1f, 0.4f }, 0.75)]
    [DataRow(new[] { float.PositiveInfinity }, new[] { float.NegativeInfinity, float.PositiveInfinity }, 0.75)]
    public void Area_OfAFewScores_IsAsWorkedByHand(float[] positives, float[] negatives, double expected) =>
        Assert.AreEqual(expected, RocCurve.Area(positives, negatives), Tolerance);

    [TestMethod]
    public void Area_OfManyScoresWithTies_IsThatOfAllPairs()
    {
        var random = new Random(5);
        float[] positives = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(2, 20))];
        float[] negatives = [.. Enumerable.Range(0, 500).Select(_ => (float)random.Next(0, 15))];
        double pairs = positives.Sum(high => negatives.Sum(low => high > low ? 1 : high == low ? 0.5 : 0));

        Assert.AreEqual(pairs / (300 * 500), RocCurve.Area(positives, negatives), Tolerance);
    }

    [TestMethod]
    public void Area_SetsSwapped_IsTheRest()
    {
        float[] one = [1, 5, 5, 9, -2], other = [5, 0, 9.5f];

        Assert.AreEqual(1, RocCurve.Area(one, other) + RocCurve.Area(other, one), Tolerance);
    }

    [TestMethod]
    public void Area_MorePairsThan32Bits_IsExact()
    {
        // 100,000 against 100,000: a third of the positives is above all negatives, the rest ties with all.
        IEnumerable<float> positives = Enumerable.Range(0, 99_999).Select(index => index < 33_333 ? 1f : 0f);

        Assert.AreEqual((33_333 + 66_666 / 2.0) / 99_999, RocCurve.Area(positives, Enumerable.Repeat(0f, 100_000)), Tolerance);
    }

    [TestMethod]
    public void Area_OneKindMissing_SaysWhich() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(() => RocCurve.Area([], [1f])).Message, "no positives");

    [TestMethod]
    public void Area_ScoreThatIsNoNumber_SaysWhere() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(() => RocCurve.Area([1f], [2f, float.NaN])).Message, "negatives is no number");
}
