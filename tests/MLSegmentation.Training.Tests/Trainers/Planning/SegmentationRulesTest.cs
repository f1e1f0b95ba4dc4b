namespace MLSegmentation.Training.Tests;

/// <summary>Each rule by hand.</summary>
[TestClass]
public sealed class SegmentationRulesTest
{
    internal static readonly SegmentationFingerprint Fingerprint = new()
    {
        Images = 100,
        Looked = 100,
        Size = (896, 704),
        Areas = (896 * 704, 896 * 704),
        IsGray = false,
        PixelParts = [0.8, 0.2],
        ImageParts = [1, 1],
        SmallestAcross = [200, 40],
        LargestAcross = [400, 60],
        UprightAccuracy = 0.5,
    };

    /// <summary>
    /// 896×704 is four times the usual area, so its scale is a half. Regions of 5 pixels would be 2.5, and need 0.8.
    /// </summary>
    [TestMethod]
    [DataRow(40.0, 0.5)]
    [DataRow(8.0, 0.5)]
    [DataRow(5.0, 0.8)]
    [DataRow(2.0, 1.0)]
    public void Scale_SmallestRegions_StayFourPixelsAcross(double across, double expected) => Assert.AreEqual(
        expected, SegmentationRules.Scale(Fingerprint with { SmallestAcross = [1, across] }), 1e-9);

    /// <summary>
    /// 17920×14080 is 1600 times the usual area: 16 times it is a tenth of the sides, whatever the regions need.
    /// </summary>
    [TestMethod]
    public void Scale_HugeImages_HasALimit() => Assert.AreEqual(
        0.1, SegmentationRules.Scale(Fingerprint with { Size = (17920, 14080), SmallestAcross = [1, 2] }), 1e-9);

    [TestMethod]
    [DataRow(896, 704, 4.1, true)]
    [DataRow(896, 704, 5.0, false)]
    [DataRow(128, 112, 50.0, true, DisplayName = "small images need not be made smaller")]
    public void IsNative_ScaleNearlyOne_KeepsSizes(int width, int height, double across, bool expected) =>
        Assert.AreEqual(
        expected, SegmentationRules.IsNative(Fingerprint with { Size = (width, height), SmallestAcross = [1, across] }));

    /// <summary>Validation shows the network whole images: one of 48 megapixels takes what a window never does.</summary>
    [TestMethod]
    public void IsNative_OneHugeImage_IsNot()
    {
        SegmentationFingerprint data = Fingerprint with { Areas = (896 * 704, 8000 * 6000), SmallestAcross = [1, 4.1] };

        Assert.IsTrue(SegmentationRules.IsNative(data with { Areas = (896 * 704, 2_500_000) }));
        Assert.IsFalse(SegmentationRules.IsNative(data));
    }

    /// <summary>
    /// Half of the window's smaller side is 128: regions of 130 are too large at their own size, and not at half of it.
    /// </summary>
    [TestMethod]
    [DataRow(130.0, 1.0, true)]
    [DataRow(130.0, 0.5, false)]
    [DataRow(126.0, 1.0, false)]
    [DataRow(null, 1.0, false, DisplayName = "no class but one has regions")]
    public void IsTooSmall_LargeRegions_NeedALargerWindow(double? across, double scale, bool expected)
    {
        SegmentationFingerprint data = Fingerprint with { LargestAcross = [400, across] };

        var size = new TrainingSize((int)(896 * scale), (int)(704 * scale), 320, 256);

        Assert.AreEqual(expected, SegmentationRules.IsTooSmall(data, size));
    }

    /// <summary>A step goes by the area: a quarter of the batches needs half of the sides, which are the least.</summary>
    [TestMethod]
    [DataRow(300.0, 256, 192)]
    [DataRow(200.0, 224, 160)]
    [DataRow(75.0, 128, 96)]
    [DataRow(1.0, 128, 96)]
    public void FitWindow_Batches_ShrinksBelowThreeHundred(double batches, int width, int height) =>
        Assert.AreEqual((width, height), SegmentationRules.FitWindow((256, 192), 32, batches));

    [TestMethod]
    [DataRow(1000, 8)]
    [DataRow(32, 8)]
    [DataRow(20, 5)]
    [DataRow(3, 2)]
    public void Batch_FewImages_LeavesFourBatches(int images, int expected) =>
        Assert.AreEqual(expected, SegmentationRules.Batch(images));

    /// <summary>The cube roots of 0.91 / 0.09 and of 0.99 / 0.01 are 2.16 and 4.6, and 4 is the most.</summary>
    [TestMethod]
    [DataRow(0.85, 1.0, null)]
    [DataRow(0.91, 0.3, "1 2.2")]
    [DataRow(0.99, 0.3, "1 4")]
    public void Loss_OneClassNearlyEverywhere_RaisesTheOther(double most, double dice, string? weights)
    {
        SegmentationFingerprint data = Fingerprint with { PixelParts = [most, 1 - most] };

        Assert.AreEqual(dice, SegmentationRules.Dice(data));
        Assert.AreEqual(weights, SegmentationRules.ClassWeights(data) is { } found ? string.Join(' ', found) : null);
    }

    [TestMethod]
    public void ClassWeights_ClassWithoutPixels_IsOne() => CollectionAssert.AreEqual(
        new[] { 1f, 2.7f, 1f }, SegmentationRules.ClassWeights(Fingerprint with { PixelParts = [0.95, 0.05, 0] }));

    /// <summary>Two standard deviations of chance: 0.1 of 100 images, 0.05 of 400.</summary>
    [TestMethod]
    [DataRow(100, 0.6, false)]
    [DataRow(100, 0.61, true)]
    [DataRow(400, 0.56, true)]
    [DataRow(29, 0.5, true, DisplayName = "too few to ask")]
    public void IsUpright_AccuracyOfTheProbe_MustBeatChance(int looked, double accuracy, bool expected) => Assert.AreEqual(
        expected, SegmentationRules.IsUpright(Fingerprint with { Looked = looked, UprightAccuracy = accuracy }));

    [TestMethod]
    public void IsUpright_NotProbed_IsSafe() =>
        Assert.IsTrue(SegmentationRules.IsUpright(Fingerprint with { UprightAccuracy = null }));
}
