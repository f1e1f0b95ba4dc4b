using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FeaturePyramidNetworkTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => FeaturePyramidNetwork.Create(new CompactEncoder(), classes);

    [TestMethod]
    public void Create_OverResNet18WithThePapersWidth_HasThePapersConvolutions()
    {
        LayerGraph graph = FeaturePyramidNetwork.Create(new ResNetEncoder(18), classes: 19, width: 256);

        // Laterals of 64, 128, 256 and 512 channels with a bias; seven 3×3 convolutions of 128 channels (three, two, one and one
        // a level, of which four see the pyramid's 256), each normalised; and the scores.
        const long laterals = ((64 + 128 + 256 + 512) * 256) + (4 * 256);
        const long branch = ((4 * 256) + (3 * 128)) * 128 * 9 + (7 * 2 * 128);
        const long scores = (128 * 19) + 19;
        Assert.AreEqual(11_176_512 + laterals + branch + scores, graph.TrainableParameterCount);
    }

    [TestMethod]
    public void Create_AnyWidth_ScoresAtAQuarterOfTheSize()
    {
        LayerGraph graph = FeaturePyramidNetwork.Create(new CompactEncoder(), classes: 4, width: 1);
        var shapes = graph.InferShapes(Shape.Map(3, 64, 32));

        Assert.AreEqual(Shape.Map(4, 16, 8), shapes[graph.Nodes.Single(node => graph.NameOf(node) == "score")]);
    }

    [TestMethod]
    public void Create_NoWidth_IsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => FeaturePyramidNetwork.Create(new CompactEncoder(), classes: 2, width: 0));
}
