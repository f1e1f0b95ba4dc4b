namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ClassFrequenciesTest
{
    // Class 0: 6 pixels in both images, class 1: 2 of the first, class 2: none, class 3: 1 of the second. Two pixels are ignored.
    private static readonly ClassFrequencies _frequencies = new(
        [Sample(0, 0, 0, 0, 1, 1), Sample(0, 0, 3, TrainingSample.Ignored, TrainingSample.Ignored)], 4);

    [TestMethod]
    public void Pixels_IgnoredOnes_AreLeftOut() =>
        CollectionAssert.AreEqual(new long[] { 6, 2, 0, 1 }, _frequencies.Pixels.ToArray());

    [TestMethod]
    public void Weights_InverseFrequency_MakesClassesCountAlike() =>
        CollectionAssert.AreEqual(
            new[] { 9 / 4f / 6, 9 / 4f / 2, 1, 9 / 4f / 1 }, _frequencies.Weights(ClassWeighting.InverseFrequency));

    [TestMethod]
    public void Weights_MedianFrequency_CountsImagesWithTheClass()
    {
        // Frequencies 6/9, 2/6 and 1/3; their median is 1/3.
        float[] weights = _frequencies.Weights(ClassWeighting.MedianFrequency);

        float[] expected = [0.5f, 1, 1, 1];
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], weights[i], 1e-6);
    }

    private static TrainingSample Sample(params byte[] labels) => new(labels.Length, 1, new byte[3 * labels.Length], labels);
}
