using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>A graph that normalises by itself, and files beside it that say what is done: twice would be wrong.</summary>
[TestClass]
public sealed class ContradictedGraphTest
{
    private const string ImageNet = """{"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}""";
    private readonly DescribedFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Open_FileOfOtherNumbers_ShowsBothAndAsks()
    {
        Write(Divided);
        _folder.Processor(ImageNet);

        OnnxModelInfo info = _folder.Info;
        string message = Assert.ThrowsExactly<ArgumentException>(() => Load(given: null)).Message;

        Assert.IsNull(info.Preparation);
        Assert.IsNull(info.PreparationSource);
        StringAssert.Contains(message, "preprocessor_config.json beside the model says imagenet-rgb");
        StringAssert.Contains(message, "and the graph's first nodes (Div) says as-is");
        StringAssert.Contains(message, "Set Preparation to the one that is right");
    }

    [TestMethod]
    public void Open_FileOfOtherNumbersAndAnOptionOfEither_IsSettled()
    {
        Write(Divided);
        _folder.Processor(ImageNet);

        Assert.AreEqual(ImagePreparation.ImageNetRgb, Load(ImagePreparation.ImageNetRgb));
        Assert.AreEqual(ImagePreparation.AsIs, Load(ImagePreparation.AsIs));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Load(ImagePreparation.ZeroToOne)).Message,
            "prepared as zero-to-one, but preprocessor_config.json beside the model says imagenet-rgb, and the graph's first");
    }

    [TestMethod]
    public void Open_FileOfTheSameNumbers_IsTakenAsTheIssueOrders()
    {
        Write(Divided);
        _folder.Processor("""{"do_normalize": false, "do_rescale": false, "image_processor_type": "X"}""");

        Assert.AreEqual(ImagePreparation.AsIs, _folder.Info.Preparation);
        Assert.AreEqual("preprocessor_config.json beside the model", _folder.Info.PreparationSource);
    }

    [TestMethod]
    public void Open_FileOfNoNumbers_LeavesItToTheGraph()
    {
        Write(Divided);
        _folder.Config("""{"model_type": "segformer"}""");

        Assert.AreEqual("the graph's first nodes (Div)", _folder.Info.PreparationSource);
    }

    [TestMethod]
    public void Open_UltralyticsAndADivision_IsAContradiction()
    {
        Write(Divided, new() { ["author"] = "Ultralytics", ["names"] = "{0: 'a', 1: 'b'}", ["stride"] = "32" });

        string message = Assert.ThrowsExactly<ArgumentException>(() => Load(given: null)).Message;

        StringAssert.Contains(message, "Ultralytics' metadata of the model says zero-to-one");
        StringAssert.Contains(message, "says as-is");
    }

    [TestMethod]
    public void Open_FileBesideAnInputOfBytes_IsNone()
    {
        File.WriteAllBytes(_folder.Model, AnalysedGraph.Model(
            OnnxElementType.UInt8, [1, 3, 8, 8], (graph, image) => graph.Output(
                "out", graph.Conv(graph.Node("Cast", [image], ("to", 1L)), 2), OnnxElementType.Float, 1, 2, 8, 8)));
        _folder.Processor(ImageNet);

        Assert.AreEqual(ImagePreparation.AsIs, Load(given: null));
    }

    private static string Divided(OnnxGraphBuilder graph, string image) => graph.Node("Div", [image, graph.Number(255)]);

    private ImagePreparation? Load(ImagePreparation? given)
    {
        using SegmentationModel model = SegmentationModel.Load(
            _folder.Model, new SegmentationModelOptions { Preparation = given, Threads = 1 });
        return model.Options.Preparation;
    }

    private void Write(Func<OnnxGraphBuilder, string, string> first, Dictionary<string, string>? properties = null)
    {
        var graph = new OnnxGraphBuilder("foreign");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        graph.Output("out", graph.Conv(first(graph, image), 2), OnnxElementType.Float, "N", 2, "H", "W");
        File.WriteAllBytes(_folder.Model, graph.ToModel(properties ?? []));
    }
}
