using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests.Torch;

[TestClass]
public sealed class EncoderWeightsTest
{
    [TestMethod]
    public void Copy_BetweenNetworksOverOneEncoder_CopiesItsLayersOnly()
    {
        using var scope = NewDisposeScope();
        var encoder = new CompactEncoder();
        using var source = new TorchNetwork(UNet.Create(encoder, classes: 2), seed: 1);
        using var target = new TorchNetwork(UNet.Create(encoder with { IsTrainable = false }, classes: 5), seed: 2);
        using (no_grad())
        {
            foreach (Tensor statistic in source.buffers()) statistic.fill_(3);
        }
        float[] score = Numbers(target, "score/kernel");

        EncoderWeights.Copy(source, target, encoder);

        string[] copied = ["stage1_down/kernel", "stage5_residual2/kernel", "stage3_down_bn/gamma", "stage3_down_bn/moving_mean"];
        foreach (string name in copied)
            CollectionAssert.AreEqual(Numbers(source, name), Numbers(target, name), name);
        CollectionAssert.AreEqual(score, Numbers(target, "score/kernel"));
        CollectionAssert.AreNotEqual(Numbers(source, "up2_conv/kernel"), Numbers(target, "up2_conv/kernel"));
    }

    [TestMethod]
    public void Copy_NetworkOverAnotherEncoder_SaysWhatItLacks()
    {
        using var source = new TorchNetwork(ConvolutionalAutoencoder.Create());
        using var target = new TorchNetwork(UNet.Create(new CompactEncoder(), classes: 2));

        var error = Assert.ThrowsExactly<ArgumentException>(() => EncoderWeights.Copy(source, target, new CompactEncoder()));

        StringAssert.Contains(error.Message, "was not made over the encoder compact: it has no stage1_down,");
    }

    [TestMethod]
    public void Copy_ImagesOfOtherChannels_NamesTheLayer()
    {
        using var source = new TorchNetwork(UNet.Create(new CompactEncoder(), classes: 2, channels: 1));
        using var target = new TorchNetwork(UNet.Create(new CompactEncoder(), classes: 2));
        float[] before = Numbers(target, "stage2_down/kernel");

        var error = Assert.ThrowsExactly<ArgumentException>(() => EncoderWeights.Copy(source, target, new CompactEncoder()));

        StringAssert.Contains(error.Message, "'stage1_down' has other sizes");
        CollectionAssert.AreEqual(before, Numbers(target, "stage2_down/kernel"));
    }

    private static float[] Numbers(TorchNetwork network, string name) =>
        network.state_dict()[name].detach().contiguous().data<float>().ToArray();
}
