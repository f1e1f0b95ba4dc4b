namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class TimeBudgetTest
{
    [TestMethod]
    [DataRow(1, 9.0)]
    [DataRow(200, 9.0)]
    [DataRow(600, 13.5)]
    [DataRow(1000, 18.0)]
    [DataRow(5000, 18.0)]
    public void For_NumberOfImages_GrowsFromNineToEighteenMinutes(int images, double minutes) =>
        Assert.AreEqual(minutes, TimeBudget.For(images).TotalMinutes, 1e-9);
}
