using System.Text.Json;
using Microsoft.ML;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>The tool's commands with a pipeline that ML.NET saved, where an .onnx file is usual.</summary>
[TestClass]
public sealed class MlNetZipTest
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TestFolder _folder = new TestFolder().WithSamples(3);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Info_OfAZip_ShowsItsStepsItsColumnsAndTheModel()
    {
        // The content tells, not the name.
        string zip = Save("model.onnx", Segmenting(new SegmentImageOptions()));

        MlsegResult text = Mlseg.Run("info", zip);
        JsonElement json = Mlseg.Run("info", zip, "--json").Json();

        text.RequireDone();
        foreach (string word in new[] { "ReadImages: Image", "SegmentImage: Mask", "ImagePath: String", "brightest",
            "1 greenish #00FF00" })
            Assert.Contains(word, text.Output);
        Assert.AreEqual("SegmentImage", json.GetProperty("transforms")[1].GetProperty("name").GetString());
        Assert.AreEqual("brightest", json.GetProperty("models")[0].GetProperty("network").GetString());
    }

    [TestMethod]
    public void Segment_WithAZip_GivesWhatItsModelGivesWithItsOptions()
    {
        string zip = Save("model.zip", Segmenting(new SegmentImageOptions { Threshold = 0.6f }));
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.BrightestChannel());

        Run("segment", zip, "zip").RequireDone();
        Run("segment", _folder["model.onnx"], "onnx", "--threshold", "0.6").RequireDone();
        Run("segment", zip, "plain zip", "--threshold", "0").RequireDone();
        Run("segment", _folder["model.onnx"], "plain").RequireDone();

        AssertSameMasks("onnx", "zip");
        AssertSameMasks("plain", "plain zip");
        CollectionAssert.AreNotEqual(
            File.ReadAllBytes(_folder["plain", "surface_000.png"]), File.ReadAllBytes(_folder["zip", "surface_000.png"]));
    }

    [TestMethod]
    public void Review_WithAZip_JudgesWithItsOptions()
    {
        string zip = Save("model.zip", Segmenting(new SegmentImageOptions { ClassNames = ["a", "b", "c"] }));
        Directory.CreateDirectory(_folder["true"]);
        Run("segment", zip, "true").RequireDone();

        JsonElement found = Mlseg.Run(
            "review", "--model", zip, "--images", _folder.Images, "--masks", _folder["true"], "--out", _folder["review"],
            "--json").Json();

        Assert.AreSequenceEqual(
            ["a", "b", "c"], found.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.AreEqual(0, found.GetProperty("regions").GetArrayLength());
    }

    [TestMethod]
    [DataRow(true, new[] { 1.0 }, "--scales", "0.5,1")]
    [DataRow(false, new[] { 0.5, 1 }, "--mirror", null)]
    public void Segment_WithAZipThatAverages_AveragesOverWhatIsAskedForToo(
        bool mirrors, double[] scales, string option, string? value)
    {
        string zip = Save("model.zip",
            Segmenting(new SegmentImageOptions { TestTimeAugmentation = new() { HorizontalFlip = mirrors, Scales = scales } }));

        Run("segment", zip, "out", value is null ? [option] : [option, value]).RequireDone();

        string way = File.ReadLines(_folder["out", "manifest.jsonl"]).First();
        StringAssert.Contains(way, "\"TestTimeAugmentation\":{\"HorizontalFlip\":true,\"Scales\":[0.5,1]}");
    }

    [TestMethod]
    public void Evaluate_WithAZip_MeasuresItsModel()
    {
        string zip = Save("model.zip", Segmenting(new SegmentImageOptions { ClassNames = ["a", "b", "c"] }));
        Directory.CreateDirectory(_folder["true"]);
        Run("segment", zip, "true").RequireDone();

        JsonElement metrics = Mlseg.Run(
            "evaluate", "--model", zip, "--images", _folder.Images, "--masks", _folder["true"], "--json").Json();

        Assert.AreEqual(1, metrics.GetProperty("pixelAccuracy").GetDouble());
        Assert.IsTrue(metrics.GetProperty("perClassIoU").TryGetProperty("a", out _));
    }

    [TestMethod]
    public void Segment_WithAZipWithoutAModel_SaysWhatIsInIt()
    {
        string zip = Save("model.zip", _ml.Transforms.ReadImages("Image", null, "ImagePath"));
        Run("segment", zip, "out").RequireError(1, "no segmentation model", "ReadImages");
        Mlseg.Run("info", zip).RequireDone();
    }

    [TestMethod]
    public void Segment_WithAnotherZip_SaysSo()
    {
        File.WriteAllBytes(_folder["other.zip"], [.. "PK\u0003\u0004"u8, .. new byte[60]]);
        Run("segment", _folder["other.zip"], "out").RequireError(1, "is a zip, but ML.NET cannot load");
    }

    private IEstimator<ITransformer> Segmenting(SegmentImageOptions options) =>
        _ml.Transforms.ReadImages("Image", null, "ImagePath")
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(), options));

    private string Save(string name, IEstimator<ITransformer> pipeline)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            [new SegmentationFolderRow { ImagePath = Directory.GetFiles(_folder.Images)[0] }]);
        _ml.Model.Save(pipeline.Fit(data), data.Schema, _folder[name]);
        return _folder[name];
    }

    private MlsegResult Run(string command, string model, string target, params string[] options) =>
        Mlseg.Run([command, "--model", model, "--images", _folder.Images, "--out", _folder[target], .. options]);

    private void AssertSameMasks(string expected, string actual)
    {
        foreach (string mask in Directory.GetFiles(_folder[expected], "*.png"))
        {
            CollectionAssert.AreEqual(
                LabelImageReader.Read(mask).Values, LabelImageReader.Read(_folder[actual, Path.GetFileName(mask)]).Values);
        }
    }
}
