using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class GraphPreparationTest
{
    private static readonly float[] _mean = [0.485f, 0.456f, 0.406f], _deviation = [0.229f, 0.224f, 0.225f];
    private static readonly float[] _byteMean = [123.675f, 116.28f, 103.53f], _byteDeviation = [58.395f, 57.12f, 57.375f];

    [TestMethod]
    public void Find_NodesThatTakeBytes_IsAsIs()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("x / 255", (graph, image) => graph.Node("Div", [image, graph.Number(255)])),
            ("x / 256", (graph, image) => graph.Node("Div", [image, graph.Number(256)])),
            ("x · 1/255", (graph, image) => graph.Node("Mul", [graph.Number(1 / 255f), image])),
            ("x − means of bytes", (graph, image) => graph.Node("Sub", [image, graph.Number(_byteMean)])),
            ("x + negative means", (graph, image) =>
                graph.Node("Add", [image, graph.Number([.. _byteMean.Select(mean => -mean)])])),
            ("x · 2/255 − 1", (graph, image) =>
                graph.Node("Sub", [graph.Node("Mul", [image, graph.Number(2 / 255f)]), graph.Number(1)])),
            ("(x − 127.5) / 127.5", (graph, image) => Normalised(graph, image, [127.5f], [127.5f])),
            ("(x − mean) / deviation of bytes", (graph, image) => Normalised(graph, image, _byteMean, _byteDeviation)),
            ("(x / 255 − mean) / deviation", (graph, image) =>
                Normalised(graph, graph.Node("Div", [image, graph.Number(255)]), _mean, _deviation)),
            ("x / 255 behind a transpose and a cast", (graph, image) => graph.Node(
                "Div", [graph.Node("Cast", [graph.Node("Transpose", [image], ("perm", new long[] { 0, 1, 3, 2 }))], ("to", 1L)),
                    graph.Number(255)])),
            ("a cast to bytes", (graph, image) => graph.Node("Cast", [graph.Node("Cast", [image], ("to", 2L))], ("to", 1L))),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual(ImagePreparation.AsIs, Find(make)?.Preparation, name);
    }

    [TestMethod]
    public void Find_MeanAndDeviationOfFractions_IsZeroToOne()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("(x − mean) / deviation", (graph, image) => Normalised(graph, image, _mean, _deviation)),
            ("(x − 0.5) / 0.5", (graph, image) => Normalised(graph, image, [0.5f], [0.5f])),
            ("(x − mean) · 1/deviation", (graph, image) => graph.Node(
                "Mul", [graph.Node("Sub", [image, graph.Number(_mean)]), graph.Number([.. _deviation.Select(one => 1 / one)])])),
            ("x · 2 − 1", (graph, image) =>
                graph.Node("Sub", [graph.Node("Mul", [image, graph.Number(2)]), graph.Number(1)])),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual(ImagePreparation.ZeroToOne, Find(make)?.Preparation, name);
    }

    [TestMethod]
    public void Find_NodesThatMayMeanAnything_IsNull()
    {
        float[] weights = [1, 1, 1], zeros = [0, 0, 0];
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("a convolution", (_, image) => image),
            ("a batch normalisation", (graph, image) => graph.Node(
                "BatchNormalization", [image, graph.Initializer("s", [3], weights), graph.Initializer("b", [3], zeros),
                    graph.Initializer("m", [3], _byteMean), graph.Initializer("v", [3], _byteDeviation)])),
            ("x − mean of fractions", (graph, image) => graph.Node("Sub", [image, graph.Number(_mean)])),
            ("x / 2", (graph, image) => graph.Node("Div", [image, graph.Number(2)])),
            ("x / 127.5", (graph, image) => graph.Node("Div", [image, graph.Number(127.5f)])),
            ("x / 65535", (graph, image) => graph.Node("Div", [image, graph.Number(65535)])),
            ("x − 2048", (graph, image) => graph.Node("Sub", [image, graph.Number(2048)])),
            ("255 − x", (graph, image) => graph.Node("Sub", [graph.Number(255), image])),
            ("255 / x", (graph, image) => graph.Node("Div", [graph.Number(255), image])),
            ("x / −255", (graph, image) => graph.Node("Div", [image, graph.Number(-255)])),
            ("x / 0", (graph, image) => graph.Node("Div", [image, graph.Number(0)])),
            ("x / NaN", (graph, image) => graph.Node("Div", [image, graph.Number(float.NaN)])),
            ("x / 255 and x", (graph, image) =>
                graph.Node("Add", [graph.Node("Div", [image, graph.Number(255)]), image])),
            ("max(x, 0) / 255", (graph, image) =>
                graph.Node("Div", [graph.Node("Relu", [image]), graph.Number(255)])),
            ("x / a value of the graph", (graph, image) => graph.Node("Div", [image, graph.Node("ReduceMax", [image])])),
            ("bytes after other nodes", (graph, image) => graph.Node(
                "Cast", [graph.Node("Cast", [graph.Node("Mul", [image, graph.Number(255)])], ("to", 2L))], ("to", 1L))),
            ("means of two channels", (graph, image) =>
                graph.Node("Sub", [image, graph.Initializer("two", [2], [128f, 128f])])),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs) Assert.IsNull(Find(make), name);
    }

    [TestMethod]
    public void Find_SizeIsAskedForToo_PassesItOver() =>
        Assert.AreEqual(ImagePreparation.AsIs, Find((graph, image) =>
        {
            _ = graph.Node("Shape", [image]);
            return graph.Node("Div", [image, graph.Number(255)]);
        })?.Preparation);

    [TestMethod]
    public void Find_InputOfBytes_IsAsIsWhateverTheNodes()
    {
        OnnxModelInfo info = AnalysedGraph.Model(
            OnnxElementType.UInt8, [1, 8, 8, 3],
            (graph, image) => graph.Output("out", Scores(graph, image), OnnxElementType.Float, 1, 2, 8, 8)).Info();

        Assert.AreEqual(ImagePreparation.AsIs, info.Preparation);
        StringAssert.Contains(info.PreparationSource, "bytes");

        static string Scores(OnnxGraphBuilder graph, string image) => graph.Conv(
            graph.Node("Transpose", [graph.Node("Cast", [image], ("to", 1L))], ("perm", new long[] { 0, 3, 1, 2 })), 2);
    }

    [TestMethod]
    public void Find_Nodes_AreNamed() =>
        Assert.AreEqual(
            "the graph's first nodes (Sub, Div)", Find((graph, image) => Normalised(graph, image, _mean, _deviation))!.Source);

    [TestMethod]
    public void Open_OtherOrderOfColoursThanFound_IsNoContradiction()
    {
        byte[] model = AnalysedGraph.Model(
            (graph, image) => graph.Conv(graph.Node("Div", [image, graph.Number(255)]), 2), OnnxElementType.Float,
            "n", 2, "h", "w");
        ImagePreparation reversed = ImagePreparation.AsIs with { ColourOrder = ColourOrder.Bgr };

        using SegmentationModel open = SegmentationModel.Load(
            model, new SegmentationModelOptions { Preparation = reversed, Threads = 1 });
        string message = Assert.ThrowsExactly<ArgumentException>(() => SegmentationModel.Load(
            model, new SegmentationModelOptions { Preparation = ImagePreparation.ImageNetRgb, Threads = 1 })).Message;

        Assert.AreEqual(reversed, open.Options.Preparation);
        StringAssert.Contains(message, "imagenet-rgb");
        StringAssert.Contains(message, "the graph's first nodes (Div)");
    }

    private static FoundPreparation? Find(Func<OnnxGraphBuilder, string, string> make) => AnalysedGraph.Model(
        (graph, image) => graph.Conv(make(graph, image), 2), OnnxElementType.Float, "n", 2, "h", "w").Info().FoundPreparation;

    private static string Normalised(OnnxGraphBuilder graph, string value, float[] mean, float[] deviation) =>
        graph.Node("Div", [graph.Node("Sub", [value, graph.Number(mean)]), graph.Number(deviation)]);
}
