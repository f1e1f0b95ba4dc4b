namespace MLSegmentation.Tests;

[TestClass]
public sealed class PixelScalingTest
{
    [TestMethod]
    public void Of_ImageNet_IsAFactorAndAnOffsetAsWorkedByHand()
    {
        var scaling = PixelScaling.Of(ImagePreparation.ImageNetRgb, 3);

        // A red of 128 becomes (128 / 255 - 0.485) / 0.229 = 0.07406, a blue of 255 (1 - 0.406) / 0.225 = 2.64.
        Assert.AreEqual(0.07406f, (128 * scaling.Factors[0]) + scaling.Offsets[0], 1e-5f);
        Assert.AreEqual(2.64f, (255 * scaling.Factors[2]) + scaling.Offsets[2], 1e-5f);
    }

    [TestMethod]
    public void Of_AsIs_ChangesNoValue()
    {
        var scaling = PixelScaling.AsIs(4);

        for (int value = 0; value <= byte.MaxValue; value++)
        {
            for (int channel = 0; channel < 4; channel++)
                Assert.AreEqual(value, (value * scaling.Factors[channel]) + scaling.Offsets[channel]);
        }
    }

    [TestMethod]
    public void Of_ColoursNumbersAndAlpha_ScalesAlphaAlone()
    {
        var scaling = PixelScaling.Of(ImagePreparation.ImageNetBgr, 4);

        Assert.AreEqual(1f / 255, scaling.Factors[3], 1e-9f);
        Assert.AreEqual(0, scaling.Offsets[3]);
    }

    [TestMethod]
    [DataRow("imagenet-rgb", 1, "Mean is [0.485, 0.456, 0.406], but the model takes 1 channel.")]
    [DataRow("deviation=1,2,3,4", 3, "Deviation is [1, 2, 3, 4], but the model takes 3 channels.")]
    public void Of_NumbersForOtherChannels_SaysWhatToGive(string preparation, int channels, string expected)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => PixelScaling.Of(ImagePreparation.Parse(preparation), channels)).Message;

        StringAssert.Contains(message, expected);
        StringAssert.Contains(message, "Give one number, or one for each channel");
    }

    [TestMethod]
    [DataRow("scale=1e300")]
    [DataRow("scale=1e-300")]
    [DataRow("scale=3e36")]
    [DataRow("mean=1e300")]
    [DataRow("mean=1,1,-1e39")]
    [DataRow("deviation=1e-300")]
    [DataRow("deviation=1,1e300,1")]
    public void Of_NumbersThatNoFloatHolds_AreRefused(string preparation)
    {
        string message = Assert.Throws<Exception>(() => PixelScaling.Of(ImagePreparation.Parse(preparation), 3)).Message;

        StringAssert.Contains(message, preparation.Split('=')[0]);
        StringAssert.Contains(message, "finite");
    }

    [TestMethod]
    [DataRow("scale=1e300,deviation=1e300", 1)]
    [DataRow("scale=1e30", 1e30)]
    [DataRow("scale=-1", -1)]
    public void Of_LargeNumbers_AreTakenWhereAFloatHoldsThem(string preparation, double factor) =>
        Assert.AreEqual((float)factor, PixelScaling.Of(ImagePreparation.Parse(preparation), 3).Factors[2]);

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    [DataRow(5)]
    public void Of_ChannelsOfNoImage_AreRefused(int channels) => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(() => PixelScaling.AsIs(channels)).Message, $"takes {channels} channels");
}
