using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>What is read as what, and the errors about what cannot be.</summary>
[TestClass]
public sealed class ScoreChoiceTest
{
    private static readonly SegmentationModelOptions _plain = new() { Preparation = ImagePreparation.AsIs };
    private static readonly string[] _names = ["a", "b", "c"];

    [TestMethod]
    public void Load_OneChannelThatTheGraphDoesNotTell_AsksForScores()
    {
        string message = Fault(new ScoreGraph { Planes = 1, Activation = "Abs" }, _plain);

        foreach (string word in (string[])["output scores: Single", "Logits (0", "Probabilities (0.5", "ScoreKind.Labels"])
            StringAssert.Contains(message, word);
    }

    [TestMethod]
    public void Load_LabelsOfSeveralChannels_NamesThem() =>
        StringAssert.Contains(
            Fault(new ScoreGraph { Planes = 5 }, _plain with { Scores = ScoreKind.Labels }),
            "has 5 numbers a pixel in its output scores: Single[N,5,H,W], expected one");

    [TestMethod]
    public void Load_ScoresOfWholeNumbers_SaysThatTheyAreLabels() =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 },
                _plain with { Scores = ScoreKind.Probabilities, Classes = 3 }),
            "Scores is ScoreKind.Probabilities, but the model has whole numbers in its output scores: Int64[N,H,W], which are "
            + "labels");

    [TestMethod]
    [DataRow("Softmax", 3, ScoreKind.Logits, ScoreKind.Probabilities)]
    [DataRow("Softmax", 3, ScoreKind.IndependentLogits, ScoreKind.Probabilities)]
    [DataRow("Sigmoid", 3, ScoreKind.Logits, ScoreKind.IndependentProbabilities)]
    [DataRow("Sigmoid", 1, ScoreKind.Logits, ScoreKind.Probabilities)]
    [DataRow("Sigmoid", 1, ScoreKind.Labels, ScoreKind.Probabilities)]
    [DataRow(null, 3, ScoreKind.Probabilities, ScoreKind.Logits)]
    [DataRow(null, 1, ScoreKind.Probabilities, ScoreKind.Logits)]
    [DataRow(null, 1, ScoreKind.IndependentProbabilities, ScoreKind.Logits)]
    [DataRow(null, 1, ScoreKind.Labels, ScoreKind.Logits)]
    public void Load_ScoresThatTheNodesContradict_ShowsBoth(string? activation, int planes, ScoreKind stated, ScoreKind told) =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { Planes = planes, Activation = activation },
                _plain with { Scores = stated, ClassNames = _names[..Math.Max(planes, 2)] }),
            $"Scores is ScoreKind.{stated}, but the last nodes of the model make ScoreKind.{told} in its output scores: "
            + $"Single[N,{planes},H,W]. Leave Scores out, or set Output to another output.");

    [TestMethod]
    public void Load_ScoresOfAnArgMax_ShowsBoth() =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true }, _plain with { Scores = ScoreKind.Logits, ClassNames = ["a", "b"] }),
            "Scores is ScoreKind.Logits, but the last nodes of the model make ScoreKind.Labels in its output scores: "
            + "Single[N,H,W].");

    [TestMethod]
    [DataRow("Softmax", 3, ScoreKind.IndependentProbabilities)]
    [DataRow("Sigmoid", 3, ScoreKind.Probabilities)]
    [DataRow("Sigmoid", 1, ScoreKind.IndependentProbabilities)]
    [DataRow(null, 3, ScoreKind.IndependentLogits)]
    [DataRow(null, 1, ScoreKind.IndependentLogits)]
    [DataRow("Abs", 1, ScoreKind.Labels)]
    [DataRow("Abs", 1, ScoreKind.Probabilities)]
    [DataRow("Abs", 3, ScoreKind.Probabilities)]
    public void Load_ScoresThatTheNodesAllow_AreTaken(string? activation, int planes, ScoreKind stated)
    {
        using var model = SegmentationModel.Load(
            new ScoreGraph { Planes = planes, Activation = activation }.ToModel(),
            _plain with { Scores = stated, ClassNames = _names[..Math.Max(planes, 2)] });

        Assert.AreEqual(stated, model.Options.Scores);
    }

    [TestMethod]
    public void Load_OneChannelOfThree_NamesThem() =>
        StringAssert.Contains(Fault(new ScoreGraph(), _plain with { OneChannel = true }), "has 3 channels in its output");

    [TestMethod]
    public void Load_OneChannelOfLabels_SaysSo() =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 },
                _plain with { OneChannel = true, Classes = 3 }),
            "OneChannel is for the scores of a foreground");

    [TestMethod]
    public void Load_UnknownKind_IsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => SegmentationModel.Load(new ScoreGraph().ToModel(), _plain with { Scores = (ScoreKind)77 }));

    [TestMethod]
    public void Load_LabelsWithoutANumberOfClasses_AsksForIt() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => SegmentationModel.Load(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }.ToModel(), _plain)).Message,
            "Give ClassNames or Classes.");

    [TestMethod]
    [DataRow(true, null, "A confidence is asked for, but the model has labels in its output scores: Int64[N,H,W]")]
    [DataRow(false, 0.5f, "Threshold is 0.5, but the model has labels in its output scores: Int64[N,H,W]. Leave Threshold out")]
    public void Load_ConfidenceOfLabels_IsRefused(bool withConfidence, float? threshold, string expected) =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 },
                _plain with { Classes = 3, WithConfidence = withConfidence, Threshold = threshold }),
            expected);

    [TestMethod]
    [DataRow(1)]
    [DataRow(0)]
    [DataRow(-3)]
    [DataRow(1_000_001)]
    public void Load_ClassesOutOfRange_IsRefused(int classes) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => SegmentationModel.Load(
            new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }.ToModel(), _plain with { Classes = classes }));

    [TestMethod]
    public void Load_ClassesThatAreNotThoseOfTheModel_AreRefused()
    {
        StringAssert.Contains(
            Fault(new ScoreGraph(), _plain with { Classes = 4 }), "Classes is 4, but the model has 3 classes in its output");
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 },
                _plain with { Classes = 4, ClassNames = ["a", "b"] }),
            "Classes is 4, but there are 2 class names");
    }

    [TestMethod]
    public void Load_OneNameForOneChannel_AsksForTwo() =>
        StringAssert.Contains(
            Fault(new ScoreGraph { Planes = 1 }, _plain with { Scores = ScoreKind.Logits, ClassNames = ["polyp"] }),
            "There are 1 class names (polyp), but the model has 2 classes in its output scores: Single[N,1,H,W], background and "
            + "foreground");

    [TestMethod]
    public void Load_OneNameForLabels_AsksForTwo() =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }, _plain with { ClassNames = ["road"] }),
            "There is one class name (road), but a mask needs at least two classes. Name each class of the output scores: "
            + "Int64[N,H,W] of the model, the background too.");

    [TestMethod]
    public void Load_OneNameForAFreeNumberOfChannels_AsksForTwoOrOneChannel()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationModel.Load(FreeChannels(1), _plain with { ClassNames = ["road"] })).Message;

        StringAssert.Contains(message, "or set OneChannel where it is the score of a foreground");
    }

    [TestMethod]
    public void Load_FreeNumberOfChannels_AsksForClassesOrOneChannel() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => SegmentationModel.Load(FreeChannels(1), _plain)).Message,
        "Give ClassNames or Classes, or OneChannel where it is the score of a foreground.");

    [TestMethod]
    public void Segment_OneChannelWhereTwoClassesWereStated_AsksForOneChannel()
    {
        using var model = SegmentationModel.Load(FreeChannels(1), _plain with { Classes = 2 });
        using MLImage image = TestImages.Image(8, 6, seed: 1);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => model.Segment(image)).Message;

        StringAssert.Contains(message, "has the shape [1,1,6,8], expected [1,2,H,W]");
        StringAssert.Contains(message, "Set OneChannel where it is the score of a foreground.");
    }

    [TestMethod]
    public void Load_PaletteOfThreeColoursForOneChannel_IsRefused() =>
        StringAssert.Contains(
            Fault(
                new ScoreGraph { Planes = 1 },
                _plain with { Scores = ScoreKind.Logits, Palette = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)] }),
            "The palette has 3 colours, the model has 2 classes");

    [TestMethod]
    public void Load_OutputThatIsNotThere_ListsThem() =>
        StringAssert.Contains(Fault(new ScoreGraph(), _plain with { Output = "aux" }), "scores: Single[N,3,H,W]");

    [TestMethod]
    public void Options_OfAModelFromElsewhere_HaveEverythingFilledIn()
    {
        using var model = SegmentationModel.Load(
            new ScoreGraph { Planes = 1 }.ToModel(), _plain with { Scores = ScoreKind.Logits });

        Assert.AreEqual(ScoreGraph.Output, model.Options.Output);
        Assert.AreEqual(ScoreKind.Logits, model.Options.Scores);
        Assert.AreEqual(0.5f, model.Options.Threshold);
        CollectionAssert.AreEqual(new[] { "background", "foreground" }, model.Options.ClassNames!.ToArray());
        Assert.HasCount(2, model.Options.Palette!);
    }

    [TestMethod]
    public void Options_OfAModelOfThisProject_LeaveToItWhatItSays()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());

        Assert.IsNull(model.Options.Output);
        Assert.IsNull(model.Options.Scores);
        Assert.IsNull(model.Options.Threshold);
        Assert.IsNull(model.Options.Preparation);
    }

    [TestMethod]
    public void Options_OfAModelOfThisProject_AreWrittenAsBeforeThereWereOthers()
    {
        using var model = SegmentationModel.Load(TestGraphs.BrightestChannel());

        string written = ZippedOptions.Write(model.Options);

        foreach (string option in (string[])["Output", "Scores", "Classes", "Threshold", "Preparation", "SizeMultiple"])
            Assert.IsFalse(written.Contains($"\"{option}\"", StringComparison.Ordinal), written);
    }

    [TestMethod]
    public void Segment_MoreVotesThanAnArrayHolds_SaysWhatToLeaveOut()
    {
        var graph = new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 };
        using var model = SegmentationModel.Load(
            graph.ToModel(), _plain with { Classes = 1_000_000, TestTimeAugmentation = new TestTimeAugmentationOptions() });
        using MLImage image = TestImages.Image(64, 48, seed: 1);

        string message = Assert.ThrowsExactly<ArgumentException>(() => model.Segment(image)).Message;

        StringAssert.Contains(message, "64 × 48 × 1000000 probabilities");
        StringAssert.Contains(message, "leave TestTimeAugmentation out");
    }

    [TestMethod]
    public void Segment_AnswerOfAnotherShapeThanDeclared_NamesBoth()
    {
        var graph = new OnnxGraphBuilder("odd");
        string image = graph.Input("x", OnnxElementType.Float, "N", 3, "H", "W");
        string size = graph.Node("Shape", [image]);
        string repeats = graph.Node("Mul", [graph.Node("Div", [size, size]), graph.Initializer("twice", [4], [1L, 2, 1, 1])]);
        graph.Output("y", graph.Node("Tile", [image, repeats]), OnnxElementType.Float, "N", "C", "H", "W");
        using var model = SegmentationModel.Load(
            graph.ToModel(new Dictionary<string, string>()), _plain with { ClassNames = ["a", "b", "c"] });
        using MLImage image8 = TestImages.Image(8, 6, seed: 1);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => model.Segment(image8)).Message;

        StringAssert.Contains(message, "has the shape [1,6,6,8], expected [1,3,H,W] for the classes a, b, c");
    }

    [TestMethod]
    [DataRow(null, DisplayName = "logits")]
    [DataRow("Softmax", DisplayName = "probabilities")]
    public void Segment_ModelOfThisProjectWithScoresOfAnotherName_HasConfidencesThatAreProbabilities(string? activation)
    {
        var graph = new OnnxGraphBuilder("named");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string scores = graph.Node("Mul", [image, graph.Initializer("sharpness", [1], [TestGraphs.Sharpness])]);

        // A session leaves no softmax out that something else comes after.
        if (activation is not null) scores = graph.Node("Clip", [graph.Node(activation, [scores], ("axis", 1L))]);
        graph.Output("scores", scores, OnnxElementType.Float, "N", 3, "H", "W");
        using var named = SegmentationModel.Load(
            graph.ToModel(TestGraphs.Described().ToProperties()), new() { WithConfidence = true });
        using var usual = SegmentationModel.Load(TestGraphs.BrightestChannel(), new() { WithConfidence = true });
        using MLImage picture = TestImages.Image(20, 14, seed: 3);

        float[] expected = usual.Segment(picture).Confidence.ToArray(), confidence = named.Segment(picture).Confidence.ToArray();

        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], confidence[i], 1e-5, $"{i}");
    }

    /// <summary>A graph whose number of channels only a run tells.</summary>
    private static byte[] FreeChannels(int count)
    {
        var graph = new OnnxGraphBuilder("free");
        string image = graph.Input("x", OnnxElementType.Float, "N", 3, "H", "W");
        string size = graph.Node("Shape", [image]);
        string ones = graph.Node("Div", [size, size]);
        string repeats = graph.Node("Mul", [ones, graph.Initializer("count", [4], [1L, count, 1, 1])]);
        string sum = graph.Node("ReduceSum", [image, graph.Initializer("axes", [1], [1L])]);
        graph.Output("y", graph.Node("Tile", [sum, repeats]), OnnxElementType.Float, "N", "C", "H", "W");
        return graph.ToModel(new Dictionary<string, string>());
    }

    private static string Fault(ScoreGraph graph, SegmentationModelOptions options) =>
        Assert.ThrowsExactly<ArgumentException>(() => SegmentationModel.Load(graph.ToModel(), options)).Message;
}
