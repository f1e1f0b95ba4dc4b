namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class MachinePlannerTest
{
    /// <summary>An image takes 10 bytes, beside 100 for the weights.</summary>
    [TestMethod]
    [DataRow(180, 8, 1)]
    [DataRow(179, 4, 2)]
    [DataRow(120, 2, 4)]
    [DataRow(50, 1, 8, DisplayName = "one image is the least")]
    public void Fit_Memory_HalvesTheBatch(long memory, int batch, int accumulation) =>
        Assert.AreEqual((batch, accumulation), MachinePlanner.Fit(8, size => 100 + 10 * size, memory));
}
