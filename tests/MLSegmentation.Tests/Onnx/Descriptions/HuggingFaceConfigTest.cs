namespace MLSegmentation.Tests;

[TestClass]
public sealed class HuggingFaceConfigTest
{
    private readonly DescribedFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void ClassNames_InAnyOrder_AreByTheirNumbers() => Assert.AreSequenceEqual(
        ["sky", "road", "tree"],
        _folder.Config("""{"id2label": {"2": "tree", "0": "sky", "1": "road"}}""").Info.Metadata.ClassNames);

    [TestMethod]
    [DataRow("""{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}""")]
    [DataRow("""{"id2label": {"0": "LABEL_0"}}""")]
    [DataRow("""{"id2label": {}}""")]
    [DataRow("""{"id2label": null, "model_type": "segformer"}""")]
    [DataRow("""{"scripts": {"build": "make"}}""")]
    public void ClassNames_ThatNameNothing_AreNone(string json) => Assert.IsEmpty(_folder.Config(json).Info.Metadata.ClassNames);

    [TestMethod]
    public void Open_NamesOfOtherClasses_SaysWhereTheyAre() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _folder.Config("""{"id2label": {"0": "sky", "1": "road"}}""").Info).Message,
        "names 2 classes (sky, road) in config.json beside the model, but its output");

    [TestMethod]
    [DataRow(255, 255)]
    [DataRow(0, 0)]
    [DataRow(-100, null)]
    public void IgnoreLabel_OfLoss_IsThatOfMasks(int index, int? expected) => Assert.AreEqual(
        expected,
        _folder.Config($$"""{"model_type": "upernet", "semantic_loss_ignore_index": {{index}}}""").Info.Metadata.IgnoreLabel);

    [TestMethod]
    [DataRow("SegformerForSemanticSegmentation", null)]
    [DataRow("UperNetForSemanticSegmentation", null)]
    [DataRow("BiRefNet", null)]
    [DataRow("Mask2FormerForUniversalSegmentation", "query masks")]
    [DataRow("MaskFormerForInstanceSegmentation", "query masks")]
    [DataRow("DetrForSegmentation", "query masks")]
    [DataRow("DepthAnythingForDepthEstimation", "depth")]
    [DataRow("YolosForObjectDetection", "detection")]
    [DataRow("OwlViTForZeroShotObjectDetection", "detection")]
    [DataRow("ViTForImageClassification", "classification")]
    [DataRow("DeiTForImageClassificationWithTeacher", "classification")]
    [DataRow("SamModel", "masks for prompts")]
    [DataRow("Sam2Model", "masks for prompts")]
    [DataRow("SamHQModel", "masks for prompts")]
    [DataRow("SameModel", null)]
    [DataRow("CLIPSegForImageSegmentation", "masks for prompts")]
    [DataRow("VitMatteForImageMatting", "matting")]
    [DataRow("Swin2SRForImageSuperResolution", "super-resolution")]
    [DataRow("BeitForMaskedImageModeling", "masked images")]
    [DataRow("ViTMAEForPreTraining", "pre-training")]
    [DataRow("SuperPointForKeypointDetection", "points")]
    [DataRow("SwinBackbone", "a backbone")]
    [DataRow("MyNetForHumanParsing", null)]
    public void OtherTask_OfArchitecture_SaysWhatItIs(string architecture, string? expected)
    {
        string? task = _folder.Config($$"""{"architectures": ["{{architecture}}"]}""").Info.Description!.OtherTask;

        if (expected is null) Assert.IsNull(task);
        else StringAssert.StartsWith(task, $"{architecture}, {expected}");
    }

    [TestMethod]
    public void RequireScores_AnotherTask_SaysWhatItIsAndBelievesANamedOutput()
    {
        OnnxModelInfo info = _folder.Config("""{"architectures": ["DetrForSegmentation"], "id2label": {"0": "a"}}""").Info;

        string message = Assert.ThrowsExactly<InvalidDataException>(() => info.RequireScores("It", output: null)).Message;

        StringAssert.Contains(message, "config.json beside the model says what it is, DetrForSegmentation, query masks");
        Assert.AreEqual("logits", info.RequireScores("It", "logits").Name);
    }

    [TestMethod]
    [DataRow("""{"id2label": ["sky", "road", "tree"]}""", "'id2label'", "an object of class numbers and names")]
    [DataRow("""{"id2label": {"a": "sky"}}""", "'id2label'", "class numbers")]
    [DataRow("""{"id2label": {"-1": "sky"}}""", "'id2label'", "class numbers")]
    [DataRow("""{"id2label": {"0": 1}}""", "'id2label'", "a text")]
    [DataRow("""{"id2label": {"0": "a", "2000000000": "b"}}""", "'id2label'", "a name for each class from 0 to 2000000000")]
    [DataRow("""{"architectures": "X"}""", "'architectures'", "a list of names")]
    [DataRow("""{"architectures": [1]}""", "'architectures'", "a text")]
    [DataRow("""{"model_type": "x", "semantic_loss_ignore_index": 1.5}""", "'semantic_loss_ignore_index'", "a whole number")]
    public void Open_WrongValue_SaysFieldFileAndWhatIsExpected(string json, string field, string expected)
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(() => _folder.Config(json).Info).Message;

        StringAssert.Contains(message, field);
        StringAssert.Contains(message, _folder["config.json"]);
        StringAssert.Contains(message, expected);
    }
}
