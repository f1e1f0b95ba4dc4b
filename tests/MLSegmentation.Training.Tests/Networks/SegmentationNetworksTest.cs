using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationNetworksTest
{
    [TestMethod]
    public void All_EachNetwork_MakesTheGraphOfItsName()
    {
        foreach (SegmentationNetwork network in SegmentationNetworks.All)
        {
            LayerGraph graph = network.Create(5);

            Assert.AreEqual(network.Name, graph.Name);
            Assert.AreEqual(5, graph.Outputs[0].Shape.Channels);
            Assert.AreEqual(network.Encoder.OutputStride, graph.SizeMultiple);
            Assert.AreSame(network, SegmentationNetworks.Find(network.Name));
        }
    }

    [TestMethod]
    public void All_EveryTopology_IsThereOverEveryEncoder()
    {
        string[] names = [.. SegmentationNetworks.All.Select(network => network.Name)];

        CollectionAssert.AllItemsAreUnique(names);
        CollectionAssert.Contains(names, SegmentationNetworks.Default.Name);
        CollectionAssert.Contains(names, "fpn-compact");
        foreach (string encoder in new[] { "vgg16", "resnet18", "resnet20", "resnet34" })
        {
            string[] topologies = ["unet", "fpn", "fcn8", "fcn16", "fcn32", "fcn8-paper", "fcn16-paper", "fcn32-paper"];
            foreach (string topology in topologies) CollectionAssert.Contains(names, $"{topology}-{encoder}");
            Assert.AreEqual(encoder != "vgg16", names.Contains($"deeplabv3plus-{encoder}"));
            Assert.AreEqual(encoder == "resnet20", names.Contains($"unet-light-{encoder}"));
        }
    }

    [TestMethod]
    public void Create_HeadAndEncoderOfChoice_HasThem()
    {
        SegmentationNetwork network = SegmentationNetworks.Find("fcn8-vgg16");

        LayerGraph graph = (network with { HeadWidth = 4096, Encoder = network.Encoder with { IsTrainable = false } }).Create(2);

        Assert.AreEqual(136_514_116, graph.ParameterCount);
        Assert.AreEqual(121_799_428, graph.TrainableParameterCount);
    }

    /// <summary>Three FCNs over one encoder: what a model says it is must tell them apart.</summary>
    [TestMethod]
    public void Create_EachFcnOverOneEncoder_HasANameOfItsOwn()
    {
        Encoder encoder = new Vgg16Encoder();
        LayerGraph[] graphs = [KerasFcn.Create(encoder, 2), PaperFcn.Create(encoder, 2),
            FullyConvolutionalNetwork.Create(encoder, 2), UNet.Create(encoder, 2)];

        CollectionAssert.AllItemsAreUnique(graphs.Select(graph => graph.Name).ToArray());
    }

    [TestMethod]
    public void Create_FixedUpsampling_TrainsNoTransposedConvolution()
    {
        SegmentationNetwork network = SegmentationNetworks.Find("fcn8-paper-resnet18");

        long learned = network.Create(4).TrainableParameterCount,
            kept = (network with { LearnsUpsampling = false }).Create(4).TrainableParameterCount;

        // Two transposed convolutions of 4 × 4 from 4 to 4 channels, without a bias.
        Assert.AreEqual(2 * 4 * 4 * 4 * 4, learned - kept);
        Assert.IsNull(SegmentationNetworks.Find("fcn8-vgg16").LearnsUpsampling);
    }

    [TestMethod]
    public void Find_UnknownName_ListsThoseThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SegmentationNetworks.Find("fcn8-resnet50"));

        StringAssert.Contains(error.Message, "'fcn8-resnet50'");
        StringAssert.Contains(error.Message, "fcn8-resnet34");
    }
}
