using MLSegmentation.Training.Onnx;
using static MLSegmentation.TensorLayout;

namespace MLSegmentation.Tests;

/// <summary>Which axes of an output are classes, height and width.</summary>
[TestClass]
public sealed class OutputFormTest
{
    private static readonly long[] _toLast = [0, 2, 3, 1];

    [TestMethod]
    public void Layout_FixedSizes_IsToldByTheImages()
    {
        Assert.AreEqual((ChannelsFirst, 5), LayoutOf([1, 3, 32, 64], 1, 5, 32, 64));
        Assert.AreEqual((ChannelsLast, 5), LayoutOf([1, 3, 32, 64], 1, 32, 64, 5));
        Assert.AreEqual((ChannelsLast, 5), LayoutOf([1, 3, 32, 64], 1, 8, 16, 5));
        Assert.AreEqual((ChannelsFirst, 16), LayoutOf([1, 3, 32, 64], 1, 16, 8, 16));
        Assert.AreEqual((ChannelsFirst, 64), LayoutOf([1, 3, 64, 64], 1, 64, 64, 64));
        Assert.AreEqual((ChannelsLast, 64), LayoutOf([1, 64, 64, 3], 1, 64, 64, 64));
        Assert.AreEqual((ChannelsLast, 9), LayoutOf([1, 3, 30, 50], 1, 8, 13, 9));
        Assert.AreEqual((ChannelsFirst, 5), LayoutOf([1, 3, 1, 64], 1, 5, 1, 64));
        Assert.AreEqual((ChannelsFirst, 1), LayoutOf([1, 3, 1, 64], 1, 1, 1, 64));
    }

    [TestMethod]
    public void Layout_FreeSizes_IsToldByWhichAreFree()
    {
        Assert.AreEqual((ChannelsFirst, 5), LayoutOf(["n", 3, "h", "w"], "n", 5, "h", "w"));
        Assert.AreEqual((ChannelsLast, 5), LayoutOf(["n", 3, "h", "w"], "n", "h", "w", 5));
        Assert.AreEqual((ChannelsFirst, 5), LayoutOf(["n", 3, "d1", "d2"], "d3", 5, "d4", "d5"));
        Assert.AreEqual((ChannelsLast, 5), LayoutOf(["n", "d1", "d2", 3], "d3", "d4", "d5", 5));
    }

    [TestMethod]
    public void Layout_FreeSizesWithNames_IsToldByThem()
    {
        Assert.AreEqual((ChannelsLast, null), LayoutOf(["n", 3, "h", "w"], "n", "h", "w", "k"));
        Assert.AreEqual((ChannelsLast, null), LayoutOf(["n", 3, "h", "w"], "n", "a", "b", "num_classes"));
        Assert.AreEqual((ChannelsFirst, null), LayoutOf(["n", "h", "w", 3], "n", "channels", "a", "b"));
        Assert.AreEqual((ChannelsLast, null), LayoutOf(["n", 3, "h", "w"], "n", "floor(h/4)", "floor(w/4)", "k"));
    }

    [TestMethod]
    public void Layout_Nodes_SayMoreThanSizes()
    {
        (TensorLayout Layout, int? Channels) last = FormOf(
            [1, 3, 8, 8], (graph, image) => graph.Node("Transpose", [graph.Conv(image, 8)], ("perm", _toLast)), 1, 8, 8, 8);
        (TensorLayout Layout, int? Channels) activated = FormOf(
            ["n", 3, "a", "b"],
            (graph, image) => graph.Node(
                "Sigmoid", [graph.Node("Transpose", [graph.Conv(image, 7)], ("perm", _toLast))]), "c", "d", "e", "f");
        (TensorLayout Layout, int? Channels) first = FormOf(
            [1, 8, 8, 3],
            (graph, image) => graph.Conv(graph.Node("Transpose", [image], ("perm", new long[] { 0, 3, 1, 2 })), 8), 1, 8, 8, 8);

        Assert.AreEqual((ChannelsLast, 8), last);
        Assert.AreEqual((ChannelsLast, 7), activated);
        Assert.AreEqual((ChannelsFirst, 8), first);
    }

    [TestMethod]
    public void Channels_FreeNumber_IsThatOfTheWeights()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("a convolution", (graph, image) => graph.Conv(image, 6)),
            ("a transposed one of two groups", (graph, image) => graph.Node(
                "ConvTranspose", [graph.Conv(image, 4), graph.Initializer("w", [4, 3, 1, 1], new float[12])], ("group", 2L))),
            ("two put together", (graph, image) =>
                graph.Node("Concat", [graph.Conv(image, 2), graph.Conv(image, 4)], ("axis", 1L))),
            ("behind nodes", (graph, image) => graph.Node(
                "Sigmoid", [graph.Node("Add", [graph.Conv(image, 6), graph.Number(1)])])),
            ("some of them", (graph, image) => graph.Node(
                "Slice", [graph.Conv(image, 9), graph.Integers(3), graph.Integers(long.MaxValue), graph.Integers(1)])),
            ("a matrix", (graph, image) => graph.Node(
                "Transpose",
                [graph.Node("MatMul", [graph.Node("Transpose", [image], ("perm", _toLast)),
                    graph.Initializer("m", [3, 6], new float[18])])], ("perm", new long[] { 0, 3, 1, 2 }))),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual((ChannelsFirst, 6), FormOf(["n", 3, "h", "w"], make, "n", "c", "h", "w"), name);
    }

    [TestMethod]
    public void Form_ThreeAxes_IsToldByNodesAndSizes()
    {
        SegmentationOutput labels = Output(
            ["n", 3, "h", "w"], OnnxElementType.Int64,
            (graph, image) => graph.Node("ArgMax", [graph.Conv(image, 4)], ("axis", 1L), ("keepdims", 0L)), "a", "b", "c")!;
        SegmentationOutput foreground = Output(
            ["n", 3, "h", "w"], OnnxElementType.Float,
            (graph, image) => graph.Node(
                "Squeeze", [graph.Node("Sigmoid", [graph.Conv(image, 1)]), graph.Integers(1)]), "n", "h", "w")!;
        SegmentationOutput withoutBatch = Output(
            [1, 3, 8, 16], OnnxElementType.Float,
            (graph, image) => graph.Node("Squeeze", [graph.Conv(image, 4), graph.Integers(0)]), 4, 8, 16)!;
        SegmentationOutput lastWithoutBatch = Output(
            [1, 8, 16, 3], OnnxElementType.Float, (graph, image) => graph.Node("Mystery", [image]), 8, 16, 5)!;

        Assert.AreEqual((ScoreKind.Labels, true, null, null), (labels.Kind, labels.HasBatch, labels.ClassAxis, labels.Channels));
        Assert.AreEqual(
            (ScoreKind.Probabilities, true, null, 1),
            (foreground.Kind, foreground.HasBatch, foreground.ClassAxis, foreground.Channels));
        Assert.AreEqual((false, 0, 4), (withoutBatch.HasBatch, withoutBatch.ClassAxis, withoutBatch.Channels));
        Assert.AreEqual((1, 2), (withoutBatch.HeightAxis, withoutBatch.WidthAxis));
        Assert.AreEqual((false, 2, 5), (lastWithoutBatch.HasBatch, lastWithoutBatch.ClassAxis, lastWithoutBatch.Channels));
        Assert.AreEqual((0, 1), (lastWithoutBatch.HeightAxis, lastWithoutBatch.WidthAxis));
    }

    [TestMethod]
    public void Form_ThreeFreeAxesWithoutNames_IsToldByTheConvolution()
    {
        SegmentationOutput scores = Output(
            [1, 3, "", ""], OnnxElementType.Float,
            (graph, image) => graph.Node("Squeeze", [graph.Conv(image, 5), graph.Integers(0)]), 5, "", "")!;

        Assert.AreEqual((false, 0, 5), (scores.HasBatch, scores.ClassAxis, scores.Channels));
    }

    [TestMethod]
    public void Form_ForegroundTakenOfTwoClasses_IsOneChannel()
    {
        SegmentationOutput scores = Output(
            ["n", 3, "h", "w"], OnnxElementType.Float,
            (graph, image) => graph.Node(
                "Gather", [graph.Node("Softmax", [graph.Conv(image, 2)], ("axis", 1L)), graph.Initializer("i", [], [1L])],
                ("axis", 1L)),
            "n", "h", "w")!;

        Assert.AreEqual((ScoreKind.Probabilities, 1, true), (scores.Kind, scores.Channels, scores.HasBatch));
    }

    [TestMethod]
    public void Form_ShapesThatAreNoSegmentations_AreNone()
    {
        (OnnxElementType Type, OnnxDimension[] Sizes)[] outputs =
        [
            (OnnxElementType.Float, [1, 10]), (OnnxElementType.Float, [1, 10, 1, 1]), (OnnxElementType.Float, [1, 37, 84]),
            (OnnxElementType.Float, ["n", "boxes", 6]), (OnnxElementType.Float, ["n", "boxes", "values"]),
            (OnnxElementType.Int64, [1, 100]), (OnnxElementType.Int64, ["n", 5, 32, 64]),
            (OnnxElementType.Float, [1, 2, 3, 32, 64]), (OnnxElementType.Float, [1]),
        ];
        foreach ((OnnxElementType type, OnnxDimension[] sizes) in outputs)
        {
            Assert.IsNull(
                Output([1, 3, 32, 64], type, (graph, image) => graph.Node("Mystery", [image]), sizes),
                string.Join<OnnxDimension>(",", sizes));
        }
    }

    private static (TensorLayout, int?) LayoutOf(OnnxDimension[] image, params OnnxDimension[] sizes) =>
        FormOf(image, (graph, input) => graph.Node("Mystery", [input]), sizes);

    private static (TensorLayout, int?) FormOf(
        OnnxDimension[] image, Func<OnnxGraphBuilder, string, string> make, params OnnxDimension[] sizes)
    {
        SegmentationOutput scores = Output(image, OnnxElementType.Float, make, sizes)!;
        return (scores.Layout, scores.Channels);
    }

    private static SegmentationOutput? Output(
        OnnxDimension[] image, OnnxElementType type, Func<OnnxGraphBuilder, string, string> make, params OnnxDimension[] sizes) =>
        AnalysedGraph.Read(AnalysedGraph.Model(
            OnnxElementType.Float, image, (graph, input) => graph.Output("out", make(graph, input), type, sizes))).Find("out");
}
