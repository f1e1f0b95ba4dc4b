using System.Text.RegularExpressions;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class KerasFcnTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) =>
        KerasFcn.Create(new ResNetEncoder(18) { IsTrainable = false }, classes, headWidth: 64);

    [TestMethod]
    [DataRow(Shape.Any, Shape.Any)]
    [DataRow(224L, 224L)]
    [DataRow(480L, 352L)]
    public void Summary_AsTaught_HasTheLecturesParameters(long height, long width)
    {
        string[] lines = AsTaught(8, new Vgg16Encoder { IsTrainable = false }).Summary(Shape.Map(3, width, height)).Split('\n');

        CollectionAssert.Contains(lines, "Total params: 136,514,116");
        CollectionAssert.Contains(lines, "Trainable params: 121,799,428");
        CollectionAssert.Contains(lines, "Non-trainable params: 14,714,688");
    }

    [TestMethod]
    public void Summary_AsTaught_IsTheLecturesTable()
    {
        const string Between = @"\s{3,}";
        string summary = AsTaught(8, new Vgg16Encoder()).Summary(Shape.Map(3, 224, 224));

        // Layer, shape, weights, and what it is connected to.
        foreach (string[] row in new string[][]
        {
            ["block5_pool (MaxPool2D)", "(None, 7, 7, 512)", "0", "block5_conv3"],
            ["conv6 (Conv2D)", "(None, 7, 7, 4096)", "102,764,544", "block5_pool"],
            ["fc4 (Conv2D)", "(None, 7, 7, 4096)", "16,781,312", "conv6"],
            ["fc3 (Conv2D)", "(None, 7, 7, 2)", "8,194", "fc4"],
            ["fcn2 (Conv2DTranspose)", "(None, 14, 14, 512)", "16,896", "fc3"],
            ["add (Add)", "(None, 14, 14, 512)", "0", "fcn2, block4_pool"],
            ["fcn1 (Conv2DTranspose)", "(None, 28, 28, 256)", "2,097,408", "add"],
            ["add_1 (Add)", "(None, 28, 28, 256)", "0", "fcn1, block3_pool"],
            ["output (Conv2DTranspose)", "(None, 224, 224, 2)", "131,074", "add_1"],
        })
            StringAssert.Matches(summary, new(string.Join(Between, row.Select(Regex.Escape)) + "\n"));
    }

    [TestMethod]
    [DataRow(8, new[] { "fcn2", "fcn1", "output" })]
    [DataRow(16, new[] { "fcn2", "output" })]
    [DataRow(32, new[] { "output" })]
    public void Create_EachStride_HasItsUpsamplings(int stride, string[] expected)
    {
        LayerGraph graph = AsTaught(stride, new Vgg16Encoder());

        CollectionAssert.AreEqual(
            expected, graph.Nodes.Where(node => node.Layer is Conv2DTranspose).Select(graph.NameOf).ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 2 * stride, 2 * stride }, Kernel(graph, "output").Dimensions[1..]);
        Assert.AreEqual($"fcn{stride}-vgg16", graph.Name);
        Assert.AreEqual(Shape.Map(2, 64, 96), graph.InferShapes(Shape.Map(3, 64, 96))[graph.Outputs[0]]);
    }

    [TestMethod]
    public void Export_OverVgg16_AgreesWithTorch()
    {
        var encoder = new Vgg16Encoder { Preprocessing = ImagePreprocessing.Keras };

        AssertAgreement(KerasFcn.Create(encoder, Classes, stride: 16, headWidth: 16), 64, 32);
    }

    [TestMethod]
    public void Create_StrideOf4_SaysWhichThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => KerasFcn.Create(new CompactEncoder(), Classes, stride: 4));

        StringAssert.Contains(error.Message, "8, 16 or 32");
    }

    private static LayerGraph AsTaught(int stride, Encoder encoder) =>
        KerasFcn.Create(encoder, classes: 2, stride, headWidth: 4096);

    private static WeightSpec Kernel(LayerGraph graph, string name) =>
        graph.WeightedLayers.Single(layer => layer.Name == name).Weights[0];
}
