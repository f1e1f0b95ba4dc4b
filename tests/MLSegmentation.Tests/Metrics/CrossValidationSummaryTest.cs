namespace MLSegmentation.Tests;

[TestClass]
public sealed class CrossValidationSummaryTest
{
    [TestMethod]
    public void Figures_OfThreeFolds_HaveMeanAndDeviation()
    {
        // IoU of b: 5/10, 7/10, 9/10. The sample deviation of 0.5, 0.7 and 0.9 is 0.2.
        var summary = new CrossValidationSummary([Metrics(5), Metrics(7), Metrics(9)]);

        FoldFigure figure = summary.Figures.Single(one => one.Name == "IoU of b");
        CollectionAssert.AreEqual(new double?[] { 0.5, 0.7, 0.9 }, figure.Values.ToArray());
        Assert.AreEqual(0.7, figure.Mean!.Value, 1e-12);
        Assert.AreEqual(0.2, figure.Deviation!.Value, 1e-12);
        Assert.IsFalse(summary.Figures.Any(one => one.Name.StartsWith("boundary", StringComparison.Ordinal)), "Not measured.");
        StringAssert.Matches(
            summary.ToString(),
            new System.Text.RegularExpressions.Regex(@"IoU of b +0\.5000 +0\.7000 +0\.9000 +0\.7000 +0\.2000"));
    }

    [TestMethod]
    public void Deviation_OfOneFold_IsUnknown() =>
        Assert.IsNull(new CrossValidationSummary([Metrics(5)]).Figures[0].Deviation);

    [TestMethod]
    public void Mean_OfAClassThatOneFoldLacks_IsThatOfTheOthers()
    {
        var figure = new FoldFigure("IoU of b", [0.4, null, 0.6]);

        Assert.AreEqual(0.5, figure.Mean!.Value, 1e-12);
        Assert.AreEqual(Math.Sqrt(0.02), figure.Deviation!.Value, 1e-12);
    }

    [TestMethod]
    public void Constructor_NoFoldsOrOtherClasses_SaysSo()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new CrossValidationSummary([]));
        var error = Assert.ThrowsExactly<ArgumentException>(() => new CrossValidationSummary([Metrics(5), Metrics(5, "c")]));

        StringAssert.Contains(error.Message, "give folds of the same classes");
    }

    /// <summary>Ten pixels of b, so many of them found, and 90 of a, all found.</summary>
    private static SegmentationMetrics Metrics(int found, string name = "b")
    {
        var matrix = new PixelConfusionMatrix(2);
        matrix.Add([.. Enumerable.Repeat(2u, 10)], [.. Enumerable.Range(0, 10).Select(i => i < found ? 2u : 0u)]);
        matrix.Add([.. Enumerable.Repeat(1u, 90)], [.. Enumerable.Repeat(1u, 90)]);
        return new SegmentationMetrics(matrix, ["a", name]);
    }
}
