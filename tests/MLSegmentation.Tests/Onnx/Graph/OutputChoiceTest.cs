using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Which of several outputs is read where their shapes alone do not tell it.</summary>
[TestClass]
public sealed class OutputChoiceTest
{
    private static readonly OnnxDimension[] _nameless = ["", "", "", ""];

    [TestMethod]
    [DataRow("h8", "w8")]
    [DataRow("height8", "width8")]
    [DataRow("", "")]
    public void Best_SmallerOutputOfSizesOfItsOwn_IsNotTaken(string height, string width) => Assert.AreEqual(
        "main", Best((graph, image) =>
        {
            Add(graph, "small", Strided(graph, image, 8), "n", 5, height, width);
            Add(graph, "main", graph.Conv(image, 5), "n", 5, "h", "w");
        }));

    [TestMethod]
    public void Best_NoSizesAtAll_FollowsStridesAndScales() => Assert.AreEqual(
        "main", Best((graph, image) =>
        {
            string half = Strided(graph, image, 2), quarter = Strided(graph, half, 2, from: 5);
            Add(graph, "small", Pooled(graph, half), _nameless);
            Add(graph, "main", Scaled(graph, Scaled(graph, graph.Node("Add", [Pooled(graph, half), quarter]), 2), 2), _nameless);
            Add(graph, "other", Scaled(graph, quarter, 2), _nameless);
        }));

    [TestMethod]
    public void Best_ResizedToTheSizeOfTheImage_IsAsLarge() => Assert.AreEqual(
        "main", Best((graph, image) =>
        {
            string small = Strided(graph, image, 8);
            Add(graph, "small", Strided(graph, image, 4), _nameless);
            Add(graph, "main", ResizedLike(graph, small, image), _nameless);
        }));

    [TestMethod]
    public void Best_EqualAreasByTheNodes_IsTheFirst() => Assert.AreEqual(
        "a", Best((graph, image) =>
        {
            string side = graph.Conv(image, 5);
            Add(graph, "a", graph.Node("Sigmoid", [side]), _nameless);
            Add(graph, "b", graph.Node("Sigmoid", [ResizedLike(graph, Strided(graph, image, 2), side)]), _nameless);
        }));

    [TestMethod]
    public void RequireScores_UnknownAreas_AsksForTheOutput()
    {
        OnnxModelInfo model = Model((graph, image) =>
        {
            Add(graph, "a", graph.Node("Mystery", [image]), "n", 5, "", "");
            Add(graph, "b", graph.Node("Mystery", [image]), "n", 5, "", "");
        }).Info();

        string message = Assert.ThrowsExactly<ArgumentException>(() => model.RequireScores("It", null)).Message;

        StringAssert.Contains(message, "a: Single[n,5,?,?]; b: Single[n,5,?,?]. Set Output");
        Assert.AreEqual("b", model.RequireScores("It", "b").Name);
        Assert.AreEqual((null, 0), (model.Scores, model.ClassCount));
    }

    [TestMethod]
    public void Best_AreaOfTheImageBesideAnUnknownOne_IsTaken() => Assert.AreEqual(
        "main", Best((graph, image) =>
        {
            Add(graph, "a", graph.Node("Mystery", [image]), "n", 5, "", "");
            Add(graph, "main", graph.Node("Mystery", [image]), "n", 5, "h", "w");
        }));

    [TestMethod]
    public void Best_UnknownSizesOfOneName_AreEqual() => Assert.AreEqual(
        "a", Best((graph, image) =>
        {
            Add(graph, "a", graph.Node("Mystery", [image]), "n", 5, "rows", "columns");
            Add(graph, "b", graph.Node("Mystery", [image]), "n", 5, "rows", "columns");
        }));

    [TestMethod]
    [DataRow("aux")]
    [DataRow("out_aux")]
    [DataRow("auxiliary_logits")]
    [DataRow("side3")]
    [DataRow("ds2")]
    [DataRow("deep_supervision_1")]
    public void Best_OutputForTraining_ComesAfterOthers(string name)
    {
        Assert.AreEqual("out", Best((graph, image) =>
        {
            Add(graph, name, graph.Conv(image, 5), AnalysedSizes(5));
            Add(graph, "out", graph.Conv(image, 5), AnalysedSizes(5));
        }));
        Assert.AreEqual(name, Best((graph, image) => Add(graph, name, graph.Conv(image, 5), AnalysedSizes(5))));
    }

    [TestMethod]
    public void Best_FeaturesThatTheScoresAreComputedFrom_ComeAfterThem()
    {
        Assert.AreEqual("y", Best((graph, image) =>
        {
            string features = graph.Conv(image, 64);
            Add(graph, "f1", features, AnalysedSizes(64));
            Add(graph, "y", graph.Conv(graph.Node("Relu", [features]), 5, from: 64), AnalysedSizes(5));
        }));
        Assert.AreEqual("l", Best((graph, image) =>
        {
            string features = graph.Conv(image, 64);
            Add(graph, "f1", features, AnalysedSizes(64));
            graph.Output("l", Labels(graph, graph.Conv(features, 5, from: 64)), OnnxElementType.Int64, "n", "h", "w");
        }));
    }

    [TestMethod]
    public void Best_FusionOfOtherScores_IsTaken() => Assert.AreEqual(
        "d0", Best((graph, image) =>
        {
            string[] sides = [.. Enumerable.Range(1, 6).Select(_ => graph.Conv(image, 1))];
            for (int i = 0; i < sides.Length; i++) Add(graph, $"d{i + 1}", sides[i], AnalysedSizes(1));
            Add(graph, "d0", graph.Conv(graph.Node("Concat", sides, ("axis", 1L)), 1, from: 6), AnalysedSizes(1));
        }));

    [TestMethod]
    public void Best_NumberThatTheGraphDoesNotTell_ComesAfterLabels()
    {
        Assert.AreEqual("l", Best((graph, image) =>
        {
            string scores = graph.Node("Softmax", [graph.Conv(image, 5)], ("axis", 1L));
            Add(graph, "confidence", graph.Node("ReduceMax", [scores], ("axes", new long[] { 1 })), AnalysedSizes(1));
            graph.Output("l", Labels(graph, scores), OnnxElementType.Int64, "n", "h", "w");
        }));
    }

    [TestMethod]
    public void Best_PictureBesideAnAlpha_IsTheAlpha()
    {
        byte[] model = Model((graph, image) =>
        {
            string both = graph.Conv(image, 4);
            Add(graph, "fgr", Fractions(graph, Channels(graph, both, 0, 3)), AnalysedSizes(3));
            Add(graph, "pha", Fractions(graph, Channels(graph, both, 3, 4)), AnalysedSizes(1));
        });

        Assert.AreEqual(("pha", ScoreKind.Probabilities), (model.Scores().Name, model.Scores().Kind));
        Assert.AreEqual("fgr", model.Info().RequireScores("It", "fgr").Name);
    }

    [TestMethod]
    public void Best_NodesInACircle_Ends() => _ = AnalysedGraph.Read(Model((graph, image) =>
    {
        string value = graph.Node("Add", ["/Identity", image]);
        for (int i = 0; i < 3000; i++) value = graph.Node("Mul", [value, value]);
        Add(graph, "a", graph.Node("Identity", [value]), _nameless);
        Add(graph, "b", graph.Node("Resize", [value, "", "", value]), _nameless);
    })).Best;

    [TestMethod]
    public void Read_NamesOfSizesThatNobodyWrites_AreNone()
    {
        string words = string.Join(' ', Enumerable.Repeat("a", 100_000));

        SegmentationOutputs outputs = AnalysedGraph.Read(AnalysedGraph.Model(
            OnnxElementType.Float, ["n", 3, words, words],
            (graph, image) => Add(graph, "out", graph.Conv(image, 5), "n", 5, words, words)));

        Assert.AreEqual("out", outputs.Best!.Name);
    }

    private static string Best(Action<OnnxGraphBuilder, string> make) => Model(make).Scores().Name;

    private static byte[] Model(Action<OnnxGraphBuilder, string> make) =>
        AnalysedGraph.Model(OnnxElementType.Float, AnalysedGraph.FreeImage, make);

    private static OnnxDimension[] AnalysedSizes(int channels) => ["n", channels, "h", "w"];

    private static void Add(OnnxGraphBuilder graph, string name, string value, params OnnxDimension[] sizes) =>
        graph.Output(name, value, OnnxElementType.Float, sizes);

    private static string Strided(OnnxGraphBuilder graph, string value, int stride, int from = 3) => graph.Node(
        "Conv", [value, graph.Initializer("weights", [5, from, 1, 1], new float[5 * from])],
        ("kernel_shape", new long[] { 1, 1 }), ("strides", new long[] { stride, stride }));

    private static string Pooled(OnnxGraphBuilder graph, string value) =>
        graph.Node("MaxPool", [value], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    private static string Scaled(OnnxGraphBuilder graph, string value, float scale) =>
        graph.Node("Resize", [value, "", graph.Initializer("scales", [4], [1f, 1f, scale, scale])]);

    /// <summary>As torch writes it: images and channels of the one, height and width of the other.</summary>
    private static string ResizedLike(OnnxGraphBuilder graph, string value, string other) => graph.Node(
        "Resize",
        [value, "", "", graph.Node(
            "Concat",
            [graph.Node("Slice", [graph.Node("Shape", [value]), graph.Integers(0), graph.Integers(2)]),
                graph.Node("Slice", [graph.Node("Shape", [other]), graph.Integers(2), graph.Integers(4)])], ("axis", 0L))]);

    private static string Labels(OnnxGraphBuilder graph, string scores) =>
        graph.Node("ArgMax", [scores], ("axis", 1L), ("keepdims", 0L));

    private static string Channels(OnnxGraphBuilder graph, string value, int first, int end) =>
        graph.Node("Slice", [value, graph.Integers(first), graph.Integers(end), graph.Integers(1)]);

    private static string Fractions(OnnxGraphBuilder graph, string value) =>
        graph.Node("Clip", [value, graph.Number(0), graph.Number(1)]);
}
