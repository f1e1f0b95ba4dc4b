namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingSizeTest
{
    [TestMethod]
    [DataRow(480, 400, 448, 352)]
    [DataRow(480, 360, 448, 352)]
    [DataRow(128, 112, 128, 128)]
    [DataRow(4000, 3000, 448, 352)]
    [DataRow(20, 20, 64, 64)]
    public void Fit_MedianSize_IsAtMostTheAreaInMultiples(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.AreEqual((expectedWidth, expectedHeight), TrainingSize.Fit(width, height, 32));

    [TestMethod]
    [DataRow(352, 256)]
    [DataRow(128, 96)]
    [DataRow(64, 64)]
    public void Window_Side_IsAboutThreeQuarters(int side, int expected) =>
        Assert.AreEqual(expected, TrainingSize.Window(side, 32));
}
