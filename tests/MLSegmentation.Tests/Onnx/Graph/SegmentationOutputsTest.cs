using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Which of several outputs is read.</summary>
[TestClass]
public sealed class SegmentationOutputsTest
{
    [TestMethod]
    public void Best_OutputsOfManyAreas_IsTheLargest() => Assert.AreEqual("main", Best(
        ("pooled", [1, 4]), ("aux", [1, 4, 8, 16]), ("main", [1, 4, 32, 64]), ("other", [1, 4, 16, 32])));

    [TestMethod]
    public void Best_EqualAreas_IsTheFirst()
    {
        Assert.AreEqual("out", Best(("out", [1, 4, 32, 64]), ("aux", [1, 4, 32, 64])));
        Assert.AreEqual("out", Best(("out", ["n", 4, "h", "w"]), ("aux", ["n", 4, "h", "w"])));
    }

    [TestMethod]
    public void Best_FreeSizes_AreComparedByTheirNames() => Assert.AreEqual(
        "main", AnalysedGraph.Model(OnnxElementType.Float, ["n", 3, "h", "w"], (graph, image) =>
        {
            graph.Output("small", graph.Conv(image, 4), OnnxElementType.Float, "n", 4, "floor(h/4)", "floor(w/4)");
            graph.Output("main", graph.Conv(image, 4), OnnxElementType.Float, "n", 4, "h", "w");
        }).Scores().Name);

    [TestMethod]
    [DataRow("features")]
    [DataRow("backbone_out")]
    [DataRow("hidden_states")]
    [DataRow("pixel_embedding")]
    public void Best_OutputNamedAsOneOfFeatures_IsNone(string name) =>
        Assert.AreEqual("scores", Best((name, [1, 64, 32, 64]), ("scores", [1, 4, 32, 64])));

    [TestMethod]
    public void Best_OnlyHiddenValues_AreRead() => Assert.AreEqual("hidden", Best(("hidden", [1, 64, 32, 64])));

    [TestMethod]
    public void Best_KnownClasses_ChooseTheOutputThatFits()
    {
        byte[] model = Model(("large", [1, 7, 32, 64]), ("fitting", [1, 4, 8, 16]));
        OnnxDeclaration declared = OnnxDeclaration.TryRead(model)!;
        OnnxGraph graph = OnnxGraphReader.Read(model);
        ImageInputFormat input = ImageInputFormat.Of(declared.Inputs[0], graph)!;

        string Name(int classes) =>
            new SegmentationOutputs(graph, declared.Inputs, declared.Outputs, input, classes).Best!.Name;

        Assert.AreEqual("fitting", Name(4));
        Assert.AreEqual("large", Name(7));
        Assert.AreEqual("large", Name(5));
    }

    [TestMethod]
    public void Best_LabelsAndTheirScores_AreTheScores() => Assert.AreEqual(
        "scores", AnalysedGraph.Model(OnnxElementType.Float, [1, 3, 8, 8], (graph, image) =>
        {
            string scores = graph.Conv(image, 4);
            graph.Output(
                "labels", graph.Node("ArgMax", [scores], ("axis", 1L), ("keepdims", 0L)), OnnxElementType.Int64, 1, 8, 8);
            graph.Output("scores", scores, OnnxElementType.Float, 1, 4, 8, 8);
        }).Scores().Name);

    [TestMethod]
    public void RequireScores_NamedOutput_IsThatOne()
    {
        OnnxModelInfo model = Model(("out", [1, 4, 32, 64]), ("aux", [1, 5, 8, 16])).Info();

        Assert.AreEqual(("aux", 5), (model.RequireScores("It", "aux").Name, model.RequireScores("It", "aux").Channels));
    }

    [TestMethod]
    [DataRow("nothing")]
    [DataRow("pooled")]
    public void RequireScores_NameOfNoScores_ListsTheOutputs(string name)
    {
        OnnxModelInfo model = Model(("out", [1, 4, 32, 64]), ("pooled", [1, 4])).Info();

        string message = Assert.ThrowsExactly<ArgumentException>(() => model.RequireScores("It", name)).Message;

        StringAssert.Contains(message, $"'{name}'");
        StringAssert.Contains(message, "out: Single[1,4,32,64]; pooled: Single[1,4]");
    }

    [TestMethod]
    public void Scores_OwnModel_AreItsProbabilitiesWhateverElseThereIs()
    {
        SegmentationOutput scores = TestGraphs.BrightestChannel().Scores();

        Assert.AreEqual(
            (GraphNames.Probabilities, ScoreKind.Probabilities, 3), (scores.Name, scores.Kind, scores.Channels));
    }

    private static string Best(params (string Name, OnnxDimension[] Sizes)[] outputs) => Model(outputs).Scores().Name;

    private static byte[] Model(params (string Name, OnnxDimension[] Sizes)[] outputs)
    {
        bool isFree = outputs.Any(output => output.Sizes.Any(size => size.Name == "h"));
        return AnalysedGraph.Model(OnnxElementType.Float, isFree ? ["n", 3, "h", "w"] : [1, 3, 32, 64], (graph, image) =>
        {
            foreach ((string name, OnnxDimension[] sizes) in outputs)
                graph.Output(name, graph.Node("Mystery", [image]), OnnxElementType.Float, sizes);
        });
    }
}
