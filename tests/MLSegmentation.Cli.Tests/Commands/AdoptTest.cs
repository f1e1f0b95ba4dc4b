using System.Text.Json;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class AdoptTest
{
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(2, 64);

    private string Model => _folder["model.onnx"];

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Run_ModelFromElsewhere_SegmentsWithoutOptionsAsWithThem()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());
        string classes = _folder["classes.txt"];
        File.WriteAllLines(classes, ["reddish #FF0000", "greenish", "bluish"]);
        _folder.Segment("before", "--preparation", "caffe-bgr", "--classes", classes).RequireDone();

        MlsegResult result = Mlseg.Run(
            "adopt", Model, "--preparation", "caffe-bgr", "--classes", classes, "--out", Model, "--overwrite");

        result.RequireDone();
        foreach (string shown in (string[])["caffe-bgr", "logits", "probabilities: Single", "reddish, greenish, bluish", "Wrote"])
            Assert.Contains(shown, result.Output);
        _folder.Segment("after").RequireDone();
        foreach (string mask in Directory.GetFiles(_folder["before"], "*.png"))
        {
            CollectionAssert.AreEqual(
                File.ReadAllBytes(mask), File.ReadAllBytes(_folder["after", Path.GetFileName(mask)]), mask);
        }
        JsonElement info = Mlseg.Run("info", Model, "--json").Json();
        Assert.AreEqual("model", info.GetProperty("network").GetString());
        CollectionAssert.AreEqual(
            new[] { "reddish", "greenish", "bluish" },
            info.GetProperty("classes").EnumerateArray().Select(name => name.GetString()).ToArray());
    }

    [TestMethod]
    public void Run_OneChannel_KeepsWhatThresholdMeans()
    {
        File.WriteAllBytes(Model, new ScoreGraph { Planes = 1 }.ToModel());
        _folder.Segment("before", "--preparation", "as-is", "--threshold", "0.3").RequireDone();

        Mlseg.Run("adopt", Model, "--preparation", "as-is", "--out", Model, "--overwrite").RequireDone();

        _folder.Segment("after", "--threshold", "0.3").RequireDone();
        foreach (string mask in Directory.GetFiles(_folder["before"], "*.png"))
        {
            CollectionAssert.AreEqual(
                File.ReadAllBytes(mask), File.ReadAllBytes(_folder["after", Path.GetFileName(mask)]), mask);
        }
        Assert.Contains("probabilities: logits (a foreground from 0.5 on)", Mlseg.Run("info", Model).Output);
    }

    [TestMethod]
    public void Run_Json_SaysWhatWentInAndWhatComesOut()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());

        JsonElement report = Mlseg.Run(
            "adopt", Model, "--preparation", "zero-to-one", "--out", _folder["adopted.onnx"], "--json").Json();

        Assert.IsFalse(report.GetProperty("describedItself").GetBoolean());
        JsonElement from = report.GetProperty("from");
        Assert.AreEqual("zero-to-one", from.GetProperty("preparation").GetString());
        Assert.AreEqual("logits", from.GetProperty("output").GetProperty("name").GetString());
        Assert.AreEqual("logits", from.GetProperty("scores").GetString());
        CollectionAssert.AreEqual(
            new[] { "probabilities", "mask" },
            report.GetProperty("outputs").EnumerateArray().Select(value => value.GetProperty("name").GetString()).ToArray());
        Assert.AreEqual(new FileInfo(_folder["adopted.onnx"]).Length, report.GetProperty("bytes").GetInt64());
    }

    [TestMethod]
    public void Run_WithoutPreparation_SaysHowToGiveIt()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());

        Mlseg.Run("adopt", Model, "--out", _folder["adopted.onnx"]).RequireError(1, "--preparation", "imagenet-rgb");

        Assert.IsFalse(File.Exists(_folder["adopted.onnx"]));
    }

    [TestMethod]
    public void Run_FileThatIsThere_IsKeptUnlessItMayBeReplaced()
    {
        File.WriteAllBytes(Model, TestGraphs.Foreign());
        File.WriteAllText(_folder["kept.onnx"], "kept");
        string[] inPlace = ["adopt", Model, "--preparation", "as-is", "--out", Model];
        string[] toAnother = ["adopt", Model, "--preparation", "as-is", "--out", _folder["kept.onnx"]];

        Mlseg.Run(inPlace).RequireError(1, $"The model '{Model}' is there already", "--overwrite");
        Mlseg.Run(toAnother).RequireError(1, $"The model '{_folder["kept.onnx"]}' is there already", "--overwrite");

        CollectionAssert.AreEqual(TestGraphs.Foreign(), File.ReadAllBytes(Model));
        Assert.AreEqual("kept", File.ReadAllText(_folder["kept.onnx"]));
        Mlseg.Run([.. toAnother, "--overwrite"]).RequireDone();
        Mlseg.Run([.. inPlace, "--overwrite"]).RequireDone();
        CollectionAssert.AreEqual(File.ReadAllBytes(Model), File.ReadAllBytes(_folder["kept.onnx"]));
    }

    [TestMethod]
    public void Run_ModelAdoptedWithoutNames_IsNamedLater()
    {
        string unnamed = _folder["model.onnx"], named = _folder["named.onnx"], classes = _folder["classes.txt"];
        File.WriteAllBytes(_folder["foreign.onnx"], TestGraphs.Foreign());
        File.WriteAllLines(classes, ["sky", "road", "tree"]);
        MlsegResult adopted = Mlseg.Run(
            "adopt", _folder["foreign.onnx"], "--preparation", "as-is", "--out", unnamed, "--overwrite");
        StringAssert.Contains(adopted.Output, "3, without names");

        _folder.Segment("masks", "--classes", classes, "--format", "csv").RequireDone();
        Mlseg.Run("adopt", unnamed, "--classes", classes, "--out", named).RequireDone();

        StringAssert.Contains(File.ReadAllText(_folder["masks", "areas.csv"]), "road");
        Assert.AreEqual("[]", Classes(unnamed));
        Assert.AreEqual("""["sky","road","tree"]""", Classes(named));
        File.WriteAllLines(classes, ["sky", "road"]);
        Mlseg.Run("adopt", unnamed, "--classes", classes, "--out", _folder["x.onnx"]).RequireError(
            1, "There are 2 class names (sky, road)", "3 classes");

        static string Classes(string model) =>
            JsonSerializer.Serialize(Mlseg.Run("info", model, "--json").Json().GetProperty("classes"));
    }

    [TestMethod]
    [DataRow("0", "1", "2")]
    [DataRow("class 0", "class 1", "class 2")]
    public void Run_NumbersForNames_AreReplaced(params string[] numbers)
    {
        File.WriteAllBytes(Model, TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { ClassNames = numbers }));
        File.WriteAllLines(_folder["classes.txt"], ["sky", "road", "tree"]);

        MlsegResult result = Mlseg.Run("adopt", Model, "--classes", _folder["classes.txt"], "--out", _folder["named.onnx"]);

        result.RequireDone();
        StringAssert.Contains(result.Output, "sky, road, tree");
    }

    [TestMethod]
    public void Run_ModelOfThisTool_SaysThatItDescribesItself()
    {
        File.WriteAllBytes(Model, TestGraphs.BrightestChannel());

        MlsegResult result = Mlseg.Run("adopt", Model, "--out", _folder["adopted.onnx"]);

        result.RequireDone();
        Assert.Contains("described itself already", result.Output);
        _folder.Segment("before").RequireDone();
    }

    [TestMethod]
    public void Run_WrongUse_IsAnErrorOnOneLine()
    {
        File.WriteAllBytes(Model, TestGraphs.WithoutImage());

        Mlseg.Run("adopt", Model, "--out", _folder["x.onnx"]).RequireError(1, "image input");
        Mlseg.Run("adopt", "none.onnx", "--out", _folder["x.onnx"]).RequireError(1, "none.onnx");
        Mlseg.Run("adopt", Model, "--out", _folder["x.zip"]).RequireError(2, ".onnx");
        Mlseg.Run("adopt", Model).RequireError(2, "--out");
    }
}
