using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TorchvisionConventionTest
{
    [TestMethod]
    public void NameInNetwork_Vgg16_NamesEveryWeightOfTheEncoder()
    {
        // Configuration D: each convolution is followed by a ReLU, and "M" is a pooling.
        string[] layers = "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M".Split(' ');
        var names = new List<string>();
        int index = 0;
        foreach (string layer in layers)
        {
            if (layer != "M") names.AddRange([$"features.{index}.weight", $"features.{index}.bias"]);
            index += layer == "M" ? 1 : 2;
        }

        CollectionAssert.AreEqual(WeightNames(new Vgg16Encoder()), InNetwork(names));
    }

    [TestMethod]
    [DataRow(18, new[] { 2, 2, 2, 2 })]
    [DataRow(20, new[] { 2, 2, 2, 3 })]
    [DataRow(34, new[] { 3, 4, 6, 3 })]
    public void NameInNetwork_ResNet_NamesEveryWeightOfTheEncoder(int depth, int[] blocks)
    {
        List<string> convolutions = ["conv1"], normalizations = ["bn1"];
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < blocks[stage - 1]; block++)
            {
                convolutions.AddRange([$"layer{stage}.{block}.conv1", $"layer{stage}.{block}.conv2"]);
                normalizations.AddRange([$"layer{stage}.{block}.bn1", $"layer{stage}.{block}.bn2"]);
            }
            if (stage == 1) continue;
            convolutions.Add($"layer{stage}.0.downsample.0");
            normalizations.Add($"layer{stage}.0.downsample.1");
        }
        IEnumerable<string> names = convolutions.Select(name => $"{name}.weight").Concat(
            from name in normalizations
            from weight in new[] { "weight", "bias", "running_mean", "running_var" }
            select $"{name}.{weight}");

        CollectionAssert.AreEquivalent(WeightNames(new ResNetEncoder(depth)), InNetwork([.. names]));
    }

    [TestMethod]
    [DataRow("classifier.0.weight", true)]
    [DataRow("fc.bias", true)]
    [DataRow("bn1.num_batches_tracked", true)]
    [DataRow("features.28.weight", false)]
    [DataRow("layer4.1.bn2.running_var", false)]
    public void IsLeftOut_ClassifierAndCounters_Are(string name, bool expected) =>
        Assert.AreEqual(expected, new TorchvisionConvention(ImagePreprocessing.Torchvision).IsLeftOut(name));

    private static string[] InNetwork(List<string> names)
    {
        var convention = new TorchvisionConvention(ImagePreprocessing.Torchvision);
        return [.. names.Select(convention.NameInNetwork)];
    }

    private static string[] WeightNames(Encoder encoder)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 64, 64));
        var graph = new LayerGraph(encoder.Name, [image], encoder.Apply(image));
        var convention = new TorchvisionConvention(ImagePreprocessing.Torchvision);
        return [..
            from layer in graph.WeightedLayers from weight in layer.Weights select $"{layer.Name}/{convention.NameOf(weight)}"];
    }
}
