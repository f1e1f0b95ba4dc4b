using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationAdopterTest
{
    private static readonly SegmentationModelOptions _options = new()
    {
        Preparation = ImagePreparation.ImageNetBgr,
        ClassNames = ["road", "sky", "tree"],
    };

    [TestMethod]
    public void Adopt_Model_DescribesItself()
    {
        OnnxModelInfo info = OnnxModelInfo.FromBytes(SegmentationAdopter.Adopt(Foreign(), _options));

        Assert.AreEqual("image: Single[batch,3,height,width]", $"{info.ImageInput}");
        CollectionAssert.AreEqual(
            new[] { "probabilities: Single[batch,3,height,width]", "mask: Byte[batch,height,width]" },
            info.Outputs.Select(output => $"{output}").ToArray());
        CollectionAssert.AreEqual(_options.ClassNames!.ToArray(), info.Metadata.ClassNames.ToArray());
        Assert.AreEqual(ImagePreparation.AsIs, info.Preparation);
        Assert.AreEqual(ScoreKind.Logits, info.Metadata.Scores);
        Assert.AreEqual("segmentation", info.Metadata.Task);
    }

    [TestMethod]
    public void Adopt_OlderOperators_SaysWhichAreNeeded()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => SegmentationAdopter.Adopt(Foreign(operatorSet: 9), _options));

        StringAssert.Contains(error.Message, "operator set 9 of ONNX, expected 11 or later");
    }

    [TestMethod]
    public void Adopt_MoreClassesThanAByteTells_IsAnError()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationAdopter.Adopt(Foreign(classes: 257), new() { Preparation = ImagePreparation.AsIs }));

        StringAssert.Contains(error.Message, "257 classes, expected at most 256");
    }

    [TestMethod]
    public void Adopt_WithoutNames_GivesNoneAndTakesThemLater()
    {
        byte[] adopted = SegmentationAdopter.Adopt(Foreign(), _options with { ClassNames = null });

        using var unnamed = SegmentationModel.Load(adopted);
        Assert.IsEmpty(unnamed.Info.Metadata.ClassNames);
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, unnamed.ClassNames.ToArray());
        using var scored = SegmentationModel.Load(adopted, new() { ClassNames = _options.ClassNames });
        CollectionAssert.AreEqual(_options.ClassNames!.ToArray(), scored.ClassNames.ToArray());
        byte[] named = SegmentationAdopter.Adopt(adopted, new() { ClassNames = _options.ClassNames });
        CollectionAssert.AreEqual(
            _options.ClassNames!.ToArray(), OnnxModelInfo.FromBytes(named).Metadata.ClassNames.ToArray());
    }

    [TestMethod]
    public void Adopt_LabelsWithoutNames_KeepsTheNumberOfClasses()
    {
        byte[] adopted = SegmentationAdopter.Adopt(Labels(), new() { Preparation = ImagePreparation.AsIs, Classes = 5 });

        using var model = SegmentationModel.Load(adopted);
        Assert.IsEmpty(model.Info.Metadata.ClassNames);
        Assert.HasCount(5, model.ClassNames);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(
                () => SegmentationModel.Load(adopted, new() { ClassNames = ["road", "sky"] })).Message,
            "There are 2 class names (road, sky)");
        CollectionAssert.AreEqual(adopted, SegmentationAdopter.Adopt(adopted));
    }

    [TestMethod]
    public void Adopt_AdoptedModel_ChangesNothing()
    {
        byte[] adopted = SegmentationAdopter.Adopt(Foreign(), _options);

        CollectionAssert.AreEqual(adopted, SegmentationAdopter.Adopt(adopted));
    }

    private static byte[] Labels()
    {
        var graph = new OnnxGraphBuilder("labels");
        string image = graph.Input("pixel_values", OnnxElementType.Float, "batch", 3, "height", "width");
        string labels = graph.Node("ArgMax", [image], ("axis", 1L), ("keepdims", 0L));
        graph.Output("labels", labels, OnnxElementType.Int64, "batch", "height", "width");
        return graph.ToModel(new Dictionary<string, string>());
    }

    private static byte[] Foreign(int classes = 3, int operatorSet = 17)
    {
        var graph = new OnnxGraphBuilder("foreign");
        string image = graph.Input("pixel_values", OnnxElementType.Float, "batch", 3, "height", "width");
        var random = new Random(5);
        float[] weights = [.. Enumerable.Range(0, classes * 3).Select(_ => random.NextSingle() - 0.5f)];
        string logits = graph.Node(
            "Conv", [image, graph.Initializer("weights", [classes, 3, 1, 1], weights)], ("kernel_shape", new long[] { 1, 1 }));
        graph.Output("logits", logits, OnnxElementType.Float, "batch", classes, "height", "width");
        Onnx.Schema.ModelProto model = OnnxModel.Parse(graph.ToModel(new Dictionary<string, string>()));
        model.OpsetImport[0].Version = operatorSet;
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }
}
