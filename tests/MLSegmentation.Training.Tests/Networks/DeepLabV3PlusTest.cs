using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class DeepLabV3PlusTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => DeepLabV3Plus.Create(new CompactEncoder(), classes);

    [TestMethod]
    [DataRow(16)]
    [DataRow(32)]
    public void Export_OverResNet_AgreesWithTorch(int outputStride)
    {
        LayerGraph graph = DeepLabV3Plus.Create(new ResNetEncoder(18) { OutputStride = outputStride }, Classes, width: 16);

        Assert.AreEqual(outputStride, graph.SizeMultiple);
        AssertAgreement(graph, 96, 160);
    }

    [TestMethod]
    [DataRow(16, "6, 12, 18")]
    [DataRow(32, "3, 6, 9")]
    public void Create_EachOutputStride_DilatesThePyramidAccordingly(int outputStride, string expected)
    {
        LayerGraph graph = DeepLabV3Plus.Create(new ResNetEncoder(18) { OutputStride = outputStride }, classes: 2);

        var dilations = graph.Nodes.Where(node => graph.NameOf(node).StartsWith("aspp_conv", StringComparison.Ordinal))
            .Select(node => node.Layer).OfType<DepthwiseConv2D>().Select(layer => layer.Dilation);
        Assert.AreEqual(expected, string.Join(", ", dilations));
    }

    [TestMethod]
    public void Create_OverResNet18WithThePapersWidth_HasThePapersConvolutions()
    {
        LayerGraph graph = DeepLabV3Plus.Create(new ResNetEncoder(18), classes: 21, width: 256);

        // A separable convolution from C channels: 9·C and C·256, with a scale and a shift.
        static long Separable(long channels) => (9 * channels) + (channels * 256) + (2 * 256);
        const long oneByOne = (512 * 256) + (2 * 256), mean = (512 * 256) + 256;
        const long project = (5 * 256 * 256) + (2 * 256), low = (64 * 48) + (2 * 48), scores = (256 * 21) + 21;
        long head = oneByOne + (3 * Separable(512)) + mean + project + low + Separable(256 + 48) + Separable(256) + scores;
        Assert.AreEqual(11_176_512 + head, graph.TrainableParameterCount);
    }

    /// <summary>A single image makes one mean a channel, which batch normalisation could not normalise.</summary>
    [TestMethod]
    public void Forward_OneImageInTraining_Answers()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(Create(Classes));

        Tensor logits = network.call(zeros(1, 3, 64, 64))[0];

        Assert.IsTrue(logits.isfinite().all().item<bool>());
    }
}
