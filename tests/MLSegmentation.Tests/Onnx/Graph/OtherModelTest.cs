using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Models that do not segment are refused for what they are; those that look alike are not.</summary>
[TestClass]
public sealed class OtherModelTest
{
    [TestMethod]
    public void RequireScores_PrototypesOfMasks_AreRefused()
    {
        Refused("prototypes", ("output0", [1, 37, 84]), ("output1", [1, 32, 16, 16]));
        Refused("prototypes", ("output0", [1, 116, 8400]), ("output1", [1, 32, 16, 16]));
        Refused("prototypes", ("output0", [1, 300, 38]), ("output1", [1, 32, 16, 16]));
        Refused("prototypes", ("output0", ["n", 116, "a"]), ("output1", ["n", 32, "h", "w"]));
        Refused("prototypes", ("boxes", [1, 500, 120]), ("proto", [1, 16, 16, 24]));
    }

    [TestMethod]
    public void RequireScores_PrototypesByName_AreRefusedToo()
    {
        OnnxModelInfo model = Model(("output0", [1, 37, 84]), ("output1", [1, 32, 16, 16])).Info();

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => model.RequireScores("It", "output1")).Message, "output1");
    }

    [TestMethod]
    public void RequireScores_SegmentationBesidesBoxes_IsTaken()
    {
        Assert.AreEqual("seg", Taken(("det", [1, 25200, 6]), ("seg", [1, 2, 64, 64])));
        Assert.AreEqual("seg", Taken(("boxes", [1, 100, 4]), ("classes", [1, 100, 9]), ("seg", [1, 3, 64, 64])));
        Assert.AreEqual("seg", Taken(("det", [1, 85, 8400]), ("seg", [1, 19, 64, 64])));
        Assert.AreEqual("seg", Taken(("det", [1, 116, 8400]), ("seg", [1, 32, 64, 64])));
        Assert.AreEqual("seg", Taken(("last_hidden_state", [1, 197, 768]), ("seg", [1, 32, 16, 16])));
    }

    [TestMethod]
    public void RequireScores_BoxesOfOtherPartsThanPrototypes_AreNoReason()
    {
        byte[] model = AnalysedGraph.Model(OnnxElementType.Float, [1, 3, 64, 64], (graph, image) =>
        {
            string Flat(int channels) => graph.Node(
                "Reshape", [graph.Conv(image, channels), graph.Integers(1, channels, 4096)]);
            graph.Output(
                "boxes", graph.Node("Concat", [Flat(4), Flat(80)], ("axis", 1L)), OnnxElementType.Float, 1, 84, 4096);
            graph.Output("seg", graph.Conv(image, 32), OnnxElementType.Float, 1, 32, 64, 64);
        });

        Assert.AreEqual("seg", model.Scores().Name);
    }

    [TestMethod]
    public void RequireScores_MasksOfQueries_AreRefused()
    {
        Refused("queries", ("class_queries_logits", [1, 100, 134]), ("masks_queries_logits", [1, 100, 16, 16]));
        Refused("queries", ("pred_logits", [1, 100, 92]), ("pred_masks", [1, 100, 16, 16]), ("pred_boxes", [1, 100, 4]));
        Refused("queries", ("a", [1, 100, 134]), ("b", [1, 100, 16, 16]));
        Refused("queries", ("a", ["n", "q", 134]), ("b", ["n", "q", "h", "w"]));
        Assert.AreEqual("logits", Taken(("hidden_states", [1, 19, 512]), ("logits", [1, 19, 16, 16])));
        Assert.AreEqual("logits", Taken(("flat", [1, 19, 256]), ("logits", [1, 19, 16, 16])));
        Assert.AreEqual("logits", Taken(("a", ["n", "classes", 64]), ("logits", ["n", "classes", "h", "w"])));
    }

    [TestMethod]
    public void RequireScores_MaskForEachBox_IsRefused()
    {
        Refused("for each box", ("boxes", ["k", 4]), ("labels", ["k"]), ("scores", ["k"]), ("masks", ["k", 1, "h", "w"]));
        Refused("for each box", ("boxes", [20, 4]), ("masks", [20, 1, 64, 64]));
        Assert.AreEqual("logits", Taken(("pooled", ["n", 4]), ("logits", ["n", 4, "h", "w"])));
        Assert.AreEqual("logits", Taken(("pooled", [1, 4]), ("logits", [1, 4, 64, 64])));
    }

    [TestMethod]
    public void RequireScores_Depth_IsRefused()
    {
        Refused("depth", ("predicted_depth", [1, 64, 64]));
        Refused("depth", ("disparity", [1, 1, 64, 64]));
        Refused("depth", (graph, image) => graph.Node("Relu", [graph.Conv(image, 1)]), 1, 1, 64, 64);
        Refused(
            "depth",
            (graph, image) => graph.Node("Squeeze", [graph.Node("Relu", [graph.Conv(image, 1)]), graph.Integers(1)]), 1, 64, 64);
    }

    [TestMethod]
    [DataRow("features", 64)]
    [DataRow("image_embeddings", 256)]
    [DataRow("heatmaps", 17)]
    [DataRow("keypoints", 17)]
    [DataRow("flow", 2)]
    [DataRow("normals", 3)]
    [DataRow("fgr", 3)]
    [DataRow("output_image", 3)]
    public void RequireScores_OutputSaidToBeSomethingElse_IsTakenByNameOnly(string name, int channels)
    {
        Refused($"set Output to '{name}'", (name, [1, channels, 64, 64]));
        Assert.AreEqual(name, Model((name, [1, channels, 64, 64])).Info().RequireScores("It", name).Name);
        Assert.AreEqual("seg", Taken((name, [1, channels, 64, 64]), ("seg", [1, 4, 16, 16])));
    }

    [TestMethod]
    [DataRow("features.logits")]
    [DataRow("/features/Conv_output_0")]
    [DataRow("image_masks")]
    [DataRow("feature_seg")]
    public void RequireScores_NamesThatAreOfScoresToo_AreTaken(string name) =>
        Assert.AreEqual(name, Taken((name, [1, 3, 64, 64])));

    [TestMethod]
    public void RequireScores_Directions_AreRefused() => Refused(
        "direction", (graph, image) => graph.Node("LpNormalization", [graph.Conv(image, 3)], ("axis", 1L)), 1, 3, 64, 64);

    [TestMethod]
    public void RequireScores_RatedMasksOfOneObject_AreRefused()
    {
        Refused("one object", ("iou_predictions", ["n", 3]), ("low_res_masks", ["n", 3, "a", "b"]));
        Assert.AreEqual("logits", Taken(("logits", [1, 3, 64, 64]), ("pooled", [1, 3])));
    }

    [TestMethod]
    public void RequireScores_NamesThatOnlySoundLikeDepth_AreTaken()
    {
        Assert.AreEqual("depth_to_space", Taken(("depth_to_space", [1, 4, 64, 64])));
        Assert.AreEqual("depthwise_conv2d_3", Taken(("depthwise_conv2d_3", [1, 4, 64, 64])));
        Assert.AreEqual("seg", Taken(("depth", [1, 1, 64, 64]), ("seg", [1, 4, 16, 16])));
    }

    [TestMethod]
    public void RequireScores_DepthByName_IsBelieved() =>
        Assert.AreEqual("depth", Model(("depth", [1, 4, 64, 64])).Info().RequireScores("It", "depth").Name);

    [TestMethod]
    public void RequireScores_Detector_IsRefused()
    {
        Refused("boxes", ("output0", [1, 84, 8400]));
        Refused("boxes", ("boxes", [1, 100, 4]), ("scores", [1, 100]));
        Refused("boxes", ("detection_boxes", ["n", 4]), ("labels", ["n"]));
    }

    [TestMethod]
    public void RequireScores_HeadsOfADetector_AreRefused()
    {
        Refused("YOLO", ("a", [1, 255, 8, 8]), ("b", [1, 255, 4, 4]), ("c", [1, 255, 2, 2]));
        Refused("YOLO", ("a", [1, 18, 2, 2]), ("b", [1, 18, 4, 4]));
        byte[] heads = Model(("a", [1, 255, 8, 8]), ("b", [1, 255, 4, 4]));
        Assert.AreEqual("b", heads.Info().RequireScores("It", "b").Name);
    }

    [TestMethod]
    public void RequireScores_DeepSupervision_IsTaken()
    {
        Assert.AreEqual("d0", Taken([.. Enumerable.Range(0, 7).Select(i => ($"d{i}", new OnnxDimension[] { 1, 1, 64, 64 }))]));
        Assert.AreEqual("a", Taken(("a", [1, 21, 64, 64]), ("b", [1, 21, 32, 32]), ("c", [1, 21, 16, 16])));
        Assert.AreEqual("a", Taken(("a", [1, 21, 16, 16]), ("b", [1, 21, 8, 8])));
        Assert.AreEqual("a", Taken(("a", [1, 21, 8, 8]), ("b", [1, 21, 8, 8])));
        Assert.AreEqual("a", Taken(("a", [1, 19, 8, 8]), ("b", [1, 19, 4, 4])));
    }

    [TestMethod]
    public void RequireScores_Classifier_PointsAtClassifyImage()
    {
        Refused("ClassifyImage", ("logits", [1, 1000]));
        Refused("ClassifyImage", ("logits", [1, 1000, 1, 1]));
        StringAssert.Contains(Message(TestGraphs.BrightestMean()), "ClassifyImage");
    }

    [TestMethod]
    public void RequireScores_Autoencoder_PointsAtReconstructImage()
    {
        Refused("ReconstructImage", ("reconstruction", [1, 3, 64, 64]));
        StringAssert.Contains(Message(TestGraphs.Halving()), "ReconstructImage");
    }

    [TestMethod]
    public void RequireScores_InputOfPoints_IsRefused()
    {
        var graph = new OnnxGraphBuilder("prompted");
        string image = graph.Input("image", OnnxElementType.Float, 1, 3, 64, 64);
        _ = graph.Input("point_coords", OnnxElementType.Float, 1, "points", 2);
        graph.Output("masks", graph.Conv(image, 3), OnnxElementType.Float, 1, 3, 64, 64);

        StringAssert.Contains(Message(graph.ToModel(new Dictionary<string, string>())), "point_coords");
    }

    [TestMethod]
    public void Load_SharedPrototypes_SaysWhatTheyAre()
    {
        string path = SharedData.Require("cases", "07-onnx-instance-models-silent", "yoloseg.onnx");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => SegmentationModel.Load(
            path, new SegmentationModelOptions { Preparation = ImagePreparation.ZeroToOne })).Message;

        StringAssert.Contains(message, "prototypes");
        StringAssert.Contains(message, "output1");
    }

    private static void Refused(string why, params (string Name, OnnxDimension[] Sizes)[] outputs) =>
        StringAssert.Contains(Message(Model(outputs)), why);

    private static void Refused(
        string why, Func<OnnxGraphBuilder, string, string> make, params OnnxDimension[] sizes) =>
        StringAssert.Contains(
            Message(AnalysedGraph.Model(
                OnnxElementType.Float, [1, 3, 64, 64],
                (graph, image) => graph.Output("out", make(graph, image), OnnxElementType.Float, sizes))), why);

    private static string Message(byte[] model)
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(() => model.Scores()).Message;
        StringAssert.StartsWith(message, "The model does not segment: it ");
        return message;
    }

    private static string Taken(params (string Name, OnnxDimension[] Sizes)[] outputs) =>
        AnalysedGraph.Read(Model(outputs)).Best!.Name;

    private static byte[] Model(params (string Name, OnnxDimension[] Sizes)[] outputs)
    {
        bool isFree = outputs.Any(output => output.Sizes.Any(size => size.Name is not null));
        return AnalysedGraph.Model(OnnxElementType.Float, isFree ? ["n", 3, "h", "w"] : [1, 3, 64, 64], (graph, image) =>
        {
            foreach ((string name, OnnxDimension[] sizes) in outputs)
                graph.Output(name, graph.Node("Mystery", [image]), OnnxElementType.Float, sizes);
        });
    }
}
