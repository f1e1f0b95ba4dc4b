using System.Text.Json;
using MLSegmentation.Tests;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Cli.Tests;

/// <summary><c>mlseg info</c> of models from elsewhere: what was found, and where.</summary>
[TestClass]
public sealed class InfoTest
{
    private readonly TestFolder _folder = new();

    private string Model => _folder["model.onnx"];

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Info_NothingSaysThePreparation_NamesTheOption()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());

        string[] lines = Lines();
        JsonElement json = Json();

        Assert.Contains("image         pixel_values, channels first, colour", lines);
        StringAssert.Contains(Line(lines, "preparation"), "not said: give --preparation as-is, zero-to-one");
        StringAssert.Contains(Line(lines, "mask from"), "logits: logits");
        Assert.AreEqual(
            "size multiple not said: tried at the first image, unless --size-multiple is given", Line(lines, "size multiple"));
        Assert.AreEqual(JsonValueKind.Null, json.GetProperty("preparation").ValueKind);
        Assert.AreEqual("logits", json.GetProperty("segmentation").GetProperty("output").GetString());
        Assert.AreEqual("channels-first", json.GetProperty("image").GetProperty("layout").GetString());
    }

    [TestMethod]
    public void Info_FilesBeside_SaysWhatTheySay()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());
        File.WriteAllText(
            _folder["preprocessor_config.json"],
            """{"image_mean": 0.5, "image_std": 0.5, "do_reduce_labels": true, "size": {"height": 48, "width": 64}}""");
        File.WriteAllText(
            _folder["config.json"],
            """{"id2label": {"0": "sky", "1": "road", "2": "tree"}, "semantic_loss_ignore_index": 255}""");

        string[] lines = Lines();
        JsonElement json = Json();

        const string Source = "preprocessor_config.json (with config.json) beside the model";
        Assert.AreEqual($"preparation   minus-one-to-one ({Source})", Line(lines, "preparation"));
        Assert.AreEqual("classes       0 sky", Line(lines, "classes"));
        Assert.AreEqual($"named by      {Source}", Line(lines, "named by"));
        Assert.AreEqual("ignore label  255", Line(lines, "ignore label"));
        Assert.AreEqual("first label   1 (lower ones are no class)", Line(lines, "first label"));
        Assert.AreEqual($"trained at    64x48, Stretch ({Source})", Line(lines, "trained at"));
        Assert.AreEqual("minus-one-to-one", json.GetProperty("preparation").GetString());
        Assert.AreEqual((Source, Source), (
            json.GetProperty("preparationSource").GetString(), json.GetProperty("classSource").GetString()));
    }

    [TestMethod]
    public void Info_GraphAndFileContradictEachOther_ShowsBoth()
    {
        var graph = new OnnxGraphBuilder("foreign");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        string divisor = graph.Initializer("divisor", [1], [255f]);
        graph.Output("out", graph.Node("Div", [image, divisor]), OnnxElementType.Float, "N", 3, "H", "W");
        File.WriteAllBytes(Model, graph.ToModel(new Dictionary<string, string>()));
        File.WriteAllText(_folder["preprocessor_config.json"], """{"image_mean": 0.5, "image_std": 0.5}""");

        JsonElement json = Json();

        Assert.AreEqual(
            "preparation   two that contradict each other: minus-one-to-one (preprocessor_config.json beside the model), as-is "
            + "(the graph's first nodes (Div)): give --preparation", Line(Lines(), "preparation"));
        Assert.AreEqual(JsonValueKind.Null, json.GetProperty("preparation").ValueKind);
        Assert.AreSequenceEqual(
            ["minus-one-to-one", "as-is"],
            json.GetProperty("contradiction").EnumerateArray().Select(one => one.GetProperty("preparation").GetString()!));
    }

    [TestMethod]
    public void Info_FieldThatIsNotUnderstood_IsNamed()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());
        File.WriteAllText(
            _folder["preprocessor_config.json"], """{"image_mean": 0.5, "image_std": 0.5, "include_top": true}""");

        StringAssert.Contains(
            Line(Lines(), "preparation"), "not said (the field 'include_top' is not understood): give --preparation as-is");
    }

    [TestMethod]
    public void Info_ModelThatDoesNotSegment_PrintsItAndSaysWhy()
    {
        var graph = new OnnxGraphBuilder("yolo");
        string image = graph.Input("images", OnnxElementType.Float, "N", 3, 64, 64);
        graph.Output("output0", graph.Node("Relu", [image]), OnnxElementType.Float, "N", 3, 64, 64);
        File.WriteAllBytes(Model, graph.ToModel(new Dictionary<string, string>
        {
            ["author"] = "Ultralytics",
            ["names"] = "{0: 'person'}",
            ["stride"] = "32",
            ["task"] = "segment",
        }));

        string[] lines = Lines();
        JsonElement json = Json();

        StringAssert.Contains(
            Line(lines, "mask from"),
            $"nothing: The model file '{Model}' does not segment: Ultralytics' metadata of the model says what it is, segment: "
                + "boxes with prototypes of masks.");
        StringAssert.Contains(Line(lines, "mask from"), "Give --output");
        Assert.Contains("input         images: Single[N,3,64,64]", lines);
        StringAssert.Contains(json.GetProperty("refusal").GetString()!, "boxes with prototypes");
        Assert.AreEqual(JsonValueKind.Null, json.GetProperty("segmentation").ValueKind);
    }

    [TestMethod]
    [DataRow("torchvision-lraspp", "out: ")]
    [DataRow("binary-sigmoid", "mask: probabilities (one channel: a foreground)")]
    [DataRow("multi-label-sigmoid", "probs: independent-probabilities, channels first")]
    [DataRow("nhwc-uint8-labels", "labels: labels")]
    [DataRow("keras-nhwc-softmax", "conv2d_2: probabilities, channels last")]
    [DataRow("three-outputs", "logits: ")]
    public void Info_ModelsOfOthers_SaysWhichOutputIsTakenAndWhatItHolds(string model, string expected)
    {
        string[] lines = Mlseg.Run("info", SharedData.Require("foreign", $"{model}.onnx")).Output.Split('\n');

        StringAssert.StartsWith(Line(lines, "mask from"), $"mask from     {expected}");
    }

    private static string Line(string[] lines, string name) =>
        lines.Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).TrimEnd('\r');

    private string[] Lines()
    {
        MlsegResult result = Mlseg.Run("info", Model);
        result.RequireDone();
        return [.. result.Output.Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    private JsonElement Json() => Mlseg.Run("info", Model, "--json").Json();
}
