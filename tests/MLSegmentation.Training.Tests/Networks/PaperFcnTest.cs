using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class PaperFcnTest : NetworkLadder
{
    // Its answer is interpolated from an eighth of the size, and blurs the edges.
    protected override double OverfitAccuracy => 0.95;

    protected override LayerGraph Create(int classes) => PaperFcn.Create(new CompactEncoder(), classes, headWidth: 64);

    [TestMethod]
    public void Create_AsInThePaper_ScoresSkipsAndFixesTheLastUpsampling()
    {
        LayerGraph graph = PaperFcn.Create(new Vgg16Encoder(), classes: 21, headWidth: 4096);
        string[] expected =
        [
            "fc6", "drop6", "fc7", "drop7", "score_fr",
            "upscore2", "score_pool4", "fuse_pool4", "upscore_pool4", "score_pool3", "fuse_pool3", "upscore8",
        ];

        CollectionAssert.AreEqual(expected, graph.Nodes.Select(graph.NameOf).SkipWhile(name => name != "fc6").ToArray());
        CollectionAssert.AreEqual(new[] { "upscore8" }, Frozen(graph));
        // The head, three scores, two upsamplings of 4x4 and one of 16x16 without bias.
        long head = (49 * 512 + 1 + 4096 + 1) * 4096L;
        long scores = (4096 + 1 + 512 + 1 + 256 + 1) * 21, upsamplings = (16 + 16 + 256) * 21 * 21;
        Assert.AreEqual(14_714_688 + head + scores + upsamplings, graph.ParameterCount);
    }

    [TestMethod]
    public void Create_FixedUpsampling_FreezesAllOfIt() =>
        CollectionAssert.AreEqual(
            new[] { "upscore2", "upscore_pool4", "upscore8" },
            Frozen(PaperFcn.Create(new Vgg16Encoder(), Classes, learnsUpsampling: false)));

    [TestMethod]
    [DataRow(8, "fcn8-paper-compact", "upscore8")]
    [DataRow(16, "fcn16-paper-compact", "upscore16")]
    [DataRow(32, "fcn32-paper-compact", "upscore32")]
    public void Create_EachStride_AnswersAtFullSize(int stride, string name, string last)
    {
        LayerGraph graph = PaperFcn.Create(new CompactEncoder(), Classes, stride);

        Assert.AreEqual(name, graph.Name);
        Assert.AreEqual(last, graph.NameOf(graph.Outputs[0]));
        Assert.AreEqual(Shape.Map(Classes, 64, 96), graph.InferShapes(Shape.Map(3, 64, 96))[graph.Outputs[0]]);
    }

    [TestMethod]
    public void Forward_BeforeTraining_ScoresEveryClassAlike()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(PaperFcn.Create(new CompactEncoder(), Classes, headWidth: 8));

        // The paper's score layers begin at zero.
        Assert.AreEqual(0, network.call(rand(1, 3, 64, 64).Times(255))[0].abs().max().item<float>());
    }

    private static string[] Frozen(LayerGraph graph) =>
        [.. graph.WeightedLayers.Where(layer => !layer.Layer.IsTrainable).Select(layer => layer.Name)];
}
