using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>What the nodes tell of an output's numbers, and what looks alike and tells nothing.</summary>
[TestClass]
public sealed class ScoreKindTest
{
    private static readonly long[] _toLast = [0, 2, 3, 1], _toFirst = [0, 3, 1, 2];

    [TestMethod]
    public void Kind_WeightedSums_AreLogits()
    {
        Check(ScoreKind.Logits, 4, [
            ("a convolution", (graph, image) => graph.Conv(image, 4)),
            ("a transposed convolution", (graph, image) => graph.Node(
                "ConvTranspose", [image, graph.Initializer("w", [3, 4, 1, 1], new float[12])])),
            ("a convolution and a bias", (graph, image) =>
                graph.Node("Add", [graph.Conv(image, 4), graph.Number(1, 2, 3, 4)])),
            ("a sum of two", (graph, image) => graph.Node("Add", [graph.Conv(image, 4), graph.Conv(image, 4)])),
            ("a third of it", (graph, image) => graph.Node("Mul", [graph.Conv(image, 4), graph.Number(1 / 3f)])),
            ("divided by a temperature", (graph, image) => graph.Node("Div", [graph.Conv(image, 4), graph.Number(2)])),
            ("a batch normalisation", (graph, image) => Normalised(graph, graph.Conv(image, 4))),
            ("resized", (graph, image) => Resized(graph, graph.Conv(image, 4), "linear")),
            ("padded", (graph, image) => graph.Node("Pad", [graph.Conv(image, 4), graph.Integers(new long[8])])),
            ("the logarithm of a softmax", (graph, image) => graph.Node("LogSoftmax", [graph.Conv(image, 4)], ("axis", 1L))),
            ("some of its channels", (graph, image) => Channels(graph, graph.Conv(image, 5), 1, 5)),
            ("put together", (graph, image) =>
                graph.Node("Concat", [graph.Conv(image, 1), graph.Conv(image, 3)], ("axis", 1L))),
            ("in two tiles", (graph, image) =>
                graph.Node("Concat", [graph.Conv(image, 4), graph.Conv(image, 4)], ("axis", 2L))),
            ("cast", (graph, image) =>
                graph.Node("Cast", [graph.Node("Cast", [graph.Conv(image, 4)], ("to", 10L))], ("to", 1L))),
            ("cut off far away", (graph, image) =>
                graph.Node("Clip", [graph.Conv(image, 4), graph.Number(-50), graph.Number(50)])),
        ]);
    }

    [TestMethod]
    public void Kind_SoftmaxOverClasses_AreProbabilities()
    {
        Check(ScoreKind.Probabilities, 4, [
            ("a softmax", (graph, image) => Softmax(graph, graph.Conv(image, 4), 1)),
            ("from the end", (graph, image) => Softmax(graph, graph.Conv(image, 4), -3)),
            ("behind a transpose", (graph, image) => Turned(graph, graph.Conv(image, 4), value => Softmax(graph, value, -1))),
            ("e^x by its sum", (graph, image) => Quotient(graph, graph.Node("Exp", [graph.Conv(image, 4)]), 1)),
            ("e^(x − max) by its sum", (graph, image) => Quotient(graph, Shifted(graph, graph.Conv(image, 4)), 1)),
            ("e^x times the reciprocal of its sum", (graph, image) =>
            {
                string power = graph.Node("Exp", [graph.Conv(image, 4)]);
                return graph.Node("Mul", [power, graph.Node("Reciprocal", [Sum(graph, power, 1)])]);
            }),
            ("e to the logarithm of a softmax", (graph, image) =>
                graph.Node("Exp", [graph.Node("LogSoftmax", [graph.Conv(image, 4)], ("axis", 1L))])),
            ("resized", (graph, image) => Resized(graph, Softmax(graph, graph.Conv(image, 4), 1), "linear")),
            ("cut off at 0 and 1", (graph, image) =>
                graph.Node("Clip", [Softmax(graph, graph.Conv(image, 4), 1), graph.Number(0), graph.Number(1)])),
            ("behind a dropout", (graph, image) => graph.Node("Dropout", [Softmax(graph, graph.Conv(image, 4), 1)])),
        ]);
        Check(ScoreKind.Probabilities, 2, [
            ("1 − p and p", (graph, image) =>
            {
                string foreground = graph.Node("Sigmoid", [graph.Conv(image, 1)]);
                return graph.Node(
                    "Concat", [graph.Node("Sub", [graph.Number(1), foreground]), foreground], ("axis", 1L));
            }),
        ]);
    }

    [TestMethod]
    public void Kind_SigmoidOfEachClass_AreIndependentProbabilities()
    {
        Check(ScoreKind.IndependentProbabilities, 4, [
            ("a sigmoid", (graph, image) => graph.Node("Sigmoid", [graph.Conv(image, 4)])),
            ("a hard sigmoid", (graph, image) => graph.Node("HardSigmoid", [graph.Conv(image, 4)])),
            ("1 / (1 + e^−x)", (graph, image) => graph.Node(
                "Div", [graph.Number(1), graph.Node("Add", [graph.Number(1), Power(graph, graph.Conv(image, 4))])])),
            ("the reciprocal of 1 + e^−x", (graph, image) => graph.Node(
                "Reciprocal", [graph.Node("Add", [Power(graph, graph.Conv(image, 4)), graph.Number(1)])])),
            ("put together", (graph, image) => graph.Node(
                "Concat", [graph.Node("Sigmoid", [graph.Conv(image, 1)]), graph.Node("Sigmoid", [graph.Conv(image, 3)])],
                ("axis", 1L))),
        ]);
    }

    [TestMethod]
    public void Kind_OneChannel_IsOfTheForeground()
    {
        Check(ScoreKind.Probabilities, 1, [
            ("a sigmoid", (graph, image) => graph.Node("Sigmoid", [graph.Conv(image, 1)])),
            ("the foreground of two classes", (graph, image) => Channels(graph, Softmax(graph, graph.Conv(image, 2), 1), 1, 2)),
            ("the last of two classes", (graph, image) =>
                Channels(graph, Softmax(graph, graph.Conv(image, 2), 1), 1, long.MaxValue)),
            ("a class of several sigmoids", (graph, image) =>
                Channels(graph, graph.Node("Sigmoid", [graph.Conv(image, 3)]), 2, 3)),
            ("a sum cut off at 0 and 1", (graph, image) =>
                graph.Node("Clip", [graph.Conv(image, 1), graph.Number(0), graph.Number(1)])),
            ("foreground taken by its number", (graph, image) => graph.Node(
                "Unsqueeze", [graph.Node("Gather", [Softmax(graph, graph.Conv(image, 2), 1), Place(graph, 1)], ("axis", 1L)),
                    graph.Integers(1)])),
        ]);
        Check(ScoreKind.Logits, 1, [("a convolution", (graph, image) => graph.Conv(image, 1))]);
    }

    [TestMethod]
    public void Kind_NumbersOfClasses_AreLabels()
    {
        Check(ScoreKind.Labels, 1, [
            ("an arg-max", (graph, image) => graph.Node("Cast", [ArgMax(graph, image, 1)], ("to", 1L))),
            ("an arg-max without its axis", (graph, image) => graph.Node(
                "Unsqueeze", [graph.Node("Cast", [ArgMax(graph, image, 0)], ("to", 1L)), graph.Integers(1)])),
            ("a score above a half", (graph, image) => graph.Node(
                "Cast", [graph.Node("Greater", [graph.Conv(image, 1), graph.Number(0.5f)])], ("to", 1L))),
            ("a probability rounded", (graph, image) => graph.Node("Round", [graph.Node("Sigmoid", [graph.Conv(image, 1)])])),
            ("1 where a score is above a half", (graph, image) => graph.Node(
                "Where", [graph.Node("Greater", [graph.Conv(image, 1), graph.Number(0.5f)]), graph.Number(1), graph.Number(0)])),
            ("resized to the nearest", (graph, image) =>
                Resized(graph, graph.Node("Cast", [ArgMax(graph, image, 1)], ("to", 1L)), "nearest")),
        ]);
    }

    [TestMethod]
    public void Kind_WhatLooksAlike_IsUnknown()
    {
        Check(null, 4, [
            ("a softmax over columns", (graph, image) => Softmax(graph, graph.Conv(image, 4), 3)),
            ("a softmax over rows", (graph, image) => Softmax(graph, graph.Conv(image, 4), 2)),
            ("e^x by its sum over columns", (graph, image) => Quotient(graph, graph.Node("Exp", [graph.Conv(image, 4)]), 3)),
            ("e^x", (graph, image) => graph.Node("Exp", [graph.Conv(image, 4)])),
            ("the mean of two sigmoids", (graph, image) => graph.Node(
                "Mul", [graph.Node("Add", [Sigmoid(graph, image, 4), Sigmoid(graph, image, 4)]), graph.Number(0.5f)])),
            ("a sigmoid of 0 to 255", (graph, image) => graph.Node("Mul", [Sigmoid(graph, image, 4), graph.Number(255)])),
            ("a gate", (graph, image) => graph.Node("Mul", [graph.Node("Relu", [image]), Sigmoid(graph, image, 4)])),
            ("a ramp", (graph, image) => graph.Node("Relu", [graph.Conv(image, 4)])),
            ("a hyperbolic tangent", (graph, image) => graph.Node("Tanh", [graph.Conv(image, 4)])),
            ("some classes of a softmax", (graph, image) => Channels(graph, Softmax(graph, graph.Conv(image, 5), 1), 1, 5)),
            ("two softmaxes side by side", (graph, image) => graph.Node(
                "Concat", [Softmax(graph, graph.Conv(image, 2), 1), Softmax(graph, graph.Conv(image, 2), 1)], ("axis", 1L))),
            ("scores and probabilities", (graph, image) =>
                graph.Node("Concat", [graph.Conv(image, 2), Sigmoid(graph, image, 2)], ("axis", 1L))),
            ("a softmax whose halves are cut off", (graph, image) =>
                graph.Node("Clip", [Softmax(graph, graph.Conv(image, 4), 1), graph.Number(0.5f), graph.Number(1)])),
            ("the image", (graph, image) => graph.Node("Concat", [image, image], ("axis", 1L))),
        ]);
        Check(null, 1, [
            ("the background of two classes", (graph, image) => Channels(graph, Softmax(graph, graph.Conv(image, 2), 1), 0, 1)),
            ("one of three classes", (graph, image) => Channels(graph, Softmax(graph, graph.Conv(image, 3), 1), 1, 2)),
            ("the logit of one of two classes", (graph, image) => Channels(graph, graph.Conv(image, 2), 1, 2)),
            ("a softmax of one class", (graph, image) => Softmax(graph, graph.Conv(image, 1), 1)),
            ("labels between which was interpolated", (graph, image) =>
                Resized(graph, graph.Node("Cast", [ArgMax(graph, image, 1)], ("to", 1L)), "linear")),
            ("labels of 0 and 255", (graph, image) =>
                graph.Node("Mul", [graph.Node("Cast", [ArgMax(graph, image, 1)], ("to", 1L)), graph.Number(255)])),
            ("two scores compared", (graph, image) => graph.Node(
                "Cast", [graph.Node("Greater", [graph.Conv(image, 1), graph.Conv(image, 1)])], ("to", 1L))),
        ]);
    }

    [TestMethod]
    [DataRow(12L, 1L, null)]
    [DataRow(12L, 3L, null)]
    [DataRow(13L, 1L, ScoreKind.Probabilities)]
    public void Kind_SoftmaxOfOlderOperatorSets_IsOverAllAxesFromItsOwnOn(long version, long axis, object? kind) =>
        Assert.AreEqual(kind, FirstOutput(AnalysedGraph.Model(
            (graph, image) => Softmax(graph, graph.Conv(image, 4), axis), OnnxElementType.Float, "n", 4, "h", "w")
            .OfOperatorSet(version)).Kind);

    [TestMethod]
    public void Kind_SoftmaxOfOlderOperatorSetsOverTheLastAxis_AreProbabilities()
    {
        SegmentationOutput scores = FirstOutput(AnalysedGraph.Model(
            (graph, image) => Softmax(graph, Turned(graph, graph.Conv(image, 4)), 3), OnnxElementType.Float, "n", "h", "w", 4)
            .OfOperatorSet(11));

        Assert.AreEqual((ScoreKind.Probabilities, TensorLayout.ChannelsLast), (scores.Kind, scores.Layout));
    }

    [TestMethod]
    [DataRow(OnnxElementType.UInt8)]
    [DataRow(OnnxElementType.Int64)]
    public void Kind_WholeNumbersOfUnknownNodes_AreLabels(OnnxElementType type) =>
        Assert.AreEqual(
            ScoreKind.Labels,
            FirstOutput(AnalysedGraph.Model((graph, image) => graph.Node("Mystery", [image]), type, "n", "h", "w")).Kind);

    [TestMethod]
    public void Kind_ProbabilitiesAsBytes_IsUnknown() => Assert.IsNull(FirstOutput(AnalysedGraph.Model(
        (graph, image) => graph.Node("Cast", [graph.Node("Mul", [Sigmoid(graph, image, 1), graph.Number(255)])], ("to", 2L)),
        OnnxElementType.UInt8, "n", 1, "h", "w")).Kind);

    private static void Check(
        ScoreKind? kind, int channels, IEnumerable<(string Name, Func<OnnxGraphBuilder, string, string> Make)> graphs)
    {
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
        {
            SegmentationOutput scores = FirstOutput(
                AnalysedGraph.Model(make, OnnxElementType.Float, "n", channels, "h", "w"));
            Assert.AreEqual(kind, scores.Kind, name);
            Assert.AreEqual(kind == ScoreKind.Labels ? null : channels, scores.Channels, name);
        }
    }

    private static SegmentationOutput FirstOutput(byte[] model) => model.Scores();

    private static string Softmax(OnnxGraphBuilder graph, string value, long axis) =>
        graph.Node("Softmax", [value], ("axis", axis));

    private static string Sigmoid(OnnxGraphBuilder graph, string image, int channels) =>
        graph.Node("Sigmoid", [graph.Conv(image, channels)]);

    private static string ArgMax(OnnxGraphBuilder graph, string image, long keepsAxis) =>
        graph.Node("ArgMax", [graph.Conv(image, 4)], ("axis", 1L), ("keepdims", keepsAxis));

    private static string Power(OnnxGraphBuilder graph, string value) => graph.Node("Exp", [graph.Node("Neg", [value])]);

    private static string Shifted(OnnxGraphBuilder graph, string value) =>
        graph.Node("Exp", [graph.Node("Sub", [value, graph.Node("ReduceMax", [value], ("axes", new long[] { 1 }))])]);

    private static string Sum(OnnxGraphBuilder graph, string value, long axis) =>
        graph.Node("ReduceSum", [value, graph.Integers(axis)], ("keepdims", 1L));

    private static string Quotient(OnnxGraphBuilder graph, string power, long axis) =>
        graph.Node("Div", [power, Sum(graph, power, axis)]);

    private static string Turned(OnnxGraphBuilder graph, string value) => graph.Node("Transpose", [value], ("perm", _toLast));

    private static string Turned(OnnxGraphBuilder graph, string value, Func<string, string> make) =>
        graph.Node("Transpose", [make(Turned(graph, value))], ("perm", _toFirst));

    private static string Resized(OnnxGraphBuilder graph, string value, string mode) =>
        graph.Node("Resize", [value, "", graph.Number(1, 1, 2, 2)], ("mode", mode));

    private static string Channels(OnnxGraphBuilder graph, string value, long start, long end) => graph.Node(
        "Slice", [value, graph.Integers(start), graph.Integers(end), graph.Integers(1)]);

    private static string Place(OnnxGraphBuilder graph, long number) => graph.Initializer("place", [], [number]);

    private static string Normalised(OnnxGraphBuilder graph, string value)
    {
        string ones = graph.Initializer("ones", [4], [1f, 1, 1, 1]);
        return graph.Node("BatchNormalization", [value, ones, ones, ones, ones]);
    }
}
