using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class UltralyticsPropertiesTest
{
    [TestMethod]
    public void Open_PropertiesOfUltralytics_SaysWhatTheyDo()
    {
        OnnxModelInfo info = Open(new()
        {
            ["author"] = "Ultralytics",
            ["stride"] = "32",
            ["task"] = "semantic",
            ["imgsz"] = "[480, 640]",
            ["names"] = "{0: 'sky', 1: 'road', 2: \"tree's\"}",
        });

        Assert.AreEqual((ImagePreparation.ZeroToOne, 32), (info.Preparation, info.SizeMultiple));
        Assert.AreEqual("Ultralytics' metadata of the model", info.PreparationSource);
        Assert.AreSequenceEqual(["sky", "road", "tree's"], info.Metadata.ClassNames);
        Assert.AreEqual(
            (640, 480, ImageSizing.Letterbox), (info.Metadata.ImageWidth, info.Metadata.ImageHeight, info.Metadata.Sizing));
        Assert.IsNull(info.Description!.OtherTask);
    }

    [TestMethod]
    [DataRow("segment", "segment: boxes with prototypes of masks")]
    [DataRow("detect", "detect: boxes around objects")]
    [DataRow("obb", "obb: turned boxes around objects")]
    [DataRow("pose", "pose: boxes with the points of bodies")]
    [DataRow("classify", "classify: one class for the whole image")]
    public void Open_AnotherTask_SaysWhatItIs(string task, string expected)
    {
        OnnxModelInfo info = Open(new()
        {
            ["stride"] = "32",
            ["imgsz"] = "[64, 64]",
            ["task"] = task,
            ["names"] = "{0: 'person'}",
        });

        Assert.AreEqual(expected, info.Description!.OtherTask);
    }

    [TestMethod]
    public void Open_NamesAlone_SaysNothing() => Assert.IsNull(Open(new() { ["names"] = "{0: 'sky'}" }).Preparation);

    [TestMethod]
    [DataRow("32", null, null)]
    [DataRow("two", null, null)]
    [DataRow("32", "[64, 64]", null)]
    [DataRow("32", null, "semantic")]
    [DataRow("two", "[64, 64]", "semantic")]
    public void Open_PropertiesThatAreNotSurelyUltralytics_SaysNothing(string stride, string? size, string? task)
    {
        var properties = new Dictionary<string, string> { ["names"] = "['a', 'b', 'c']", ["stride"] = stride };
        if (size is not null) properties["imgsz"] = size;
        if (task is not null) properties["task"] = task;

        OnnxModelInfo info = Open(properties);

        Assert.IsNull(info.Preparation);
        Assert.IsEmpty(info.Metadata.ClassNames);
    }

    [TestMethod]
    [DataRow("author", "Ultralytics")]
    [DataRow("description", "Ultralytics YOLO11n-sem model trained on city.yaml")]
    public void Open_MakerNamed_NeedsNoTaskOrSize(string key, string value) => Assert.AreEqual(
        ImagePreparation.ZeroToOne,
        Open(new() { [key] = value, ["stride"] = "32", ["names"] = "['a', 'b', 'c']" }).Preparation);

    [TestMethod]
    [DataRow("{\"0\": \"sky\", \"2\": \"\\ud83c\\udf33\", \"1\":\"tree's\"}")]
    [DataRow("{0: 'sky', 2: '\\U0001f333', 1: \"tree's\"}")]
    public void Open_NamesOfJsonOrPython_AreRead(string names) => Assert.AreSequenceEqual(
        ["sky", "tree's", "\U0001f333"],
        Open(new() { ["author"] = "Ultralytics", ["stride"] = "32", ["names"] = names }).Metadata.ClassNames);

    [TestMethod]
    [DataRow("names", "{0: sky}", "expected what Python writes: expected \" at character 5")]
    [DataRow("names", "{0: 'a', 2: 'b', 3: 'c'}", "a name for each class from 0 on")]
    [DataRow("names", "{\"-1\": \"a\", \"1\": \"b\", \"2\": \"c\"}", "a name for each class from 0 on")]
    [DataRow("names", "{\"0\": null}", "what Python writes")]
    [DataRow("names", "{\"0\": \"\\ud800\"}", "what Python writes")]
    [DataRow("stride", "0", "1 to 1024")]
    [DataRow("stride", "[]", "1 to 1024")]
    [DataRow("stride", "32.0", "what Python writes")]
    [DataRow("imgsz", "[0, 640]", "height and width of 1 to 16384")]
    [DataRow("imgsz", "[640, 640, 3]", "height and width of 1 to 16384")]
    public void Open_WrongValue_SaysPropertyAndWhatIsExpected(string key, string value, string expected)
    {
        var properties = new Dictionary<string, string>
        {
            ["author"] = "Ultralytics",
            ["stride"] = "32",
            ["names"] = "['a', 'b', 'c']",
            ["imgsz"] = "[64, 64]",
            [key] = value,
        };

        string message = Assert.ThrowsExactly<InvalidDataException>(() => Open(properties)).Message;

        StringAssert.Contains(message, $"The property '{key}' is '{value}'");
        StringAssert.Contains(message, expected);
    }

    private static OnnxModelInfo Open(Dictionary<string, string> properties)
    {
        var graph = new OnnxGraphBuilder("foreign");
        string image = graph.Input("images", OnnxElementType.Float, "N", 3, "H", "W");
        graph.Output("output0", graph.Node("Relu", [image]), OnnxElementType.Float, "N", 3, "H", "W");
        return OnnxModelInfo.FromBytes(graph.ToModel(properties));
    }
}
