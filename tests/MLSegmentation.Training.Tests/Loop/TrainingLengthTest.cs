namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingLengthTest
{
    private const double Small = 0.492e9, Large = 1.968e9, Vgg16 = 32.5e9;

    /// <summary>By hand. 60 images are 8 batches of 8: 1500 / 8 = 187.5. 1000 are 125: 1500 / 125 = 12.</summary>
    [TestMethod]
    [DataRow(60, 8, Small, 188)]
    [DataRow(1000, 8, Large, 12)]
    [DataRow(1000, 8, Vgg16, 2, DisplayName = "300 batches at least, as 92 would take ten minutes")]
    [DataRow(400, 8, 4e9, 15, DisplayName = "72e12 operations in ten minutes, 12e9 an image: 750 batches of 8, 50 an epoch")]
    [DataRow(4, 8, Small, 200, DisplayName = "a handful of images is not seen more often")]
    [DataRow(50_000, 8, Large, 1, DisplayName = "every image is seen")]
    [DataRow(1, 8, 1, 200)]
    public void For_Images_IsWhatTheWorkAllows(int images, int batchSize, double flops, int epochs) =>
        Assert.AreEqual(epochs, TrainingLength.For(images, batchSize, flops).Epochs);

    /// <summary>By hand: 10 images 6 times at 3 × 2e9 operations are 360e9, of which a core does 60e9 a second.</summary>
    [TestMethod]
    public void TimeOn_Cores_IsSharedAmongThem()
    {
        TrainingLength length = TrainingLength.OfEpochs(6, images: 10, flops: 2e9);

        Assert.AreEqual(TimeSpan.FromSeconds(6), length.TimeOn(1));
        Assert.AreEqual(TimeSpan.FromSeconds(3), length.TimeOn(2));
    }
}
