using System.Text.Json;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>Models whose weights lie in a second file, on the command line.</summary>
[TestClass]
public sealed class OutsideWeightsTest
{
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(3);

    private string WeightFile => _folder[OutsideModel.Location];

    [TestInitialize]
    public void MoveWeights()
    {
        _folder.Segment("whole").RequireDone();
        OutsideModel.Write(Path.GetDirectoryName(WeightFile)!, TestGraphs.BrightestChannel());
    }

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Segment_WeightsBeside_GivesTheMasksOfTheWhole()
    {
        _folder.Segment("out").RequireDone();

        _folder.AssertSame("whole", "out", "image0.png", "image1.png", "image2.png");
    }

    [TestMethod]
    public void Info_WeightsBeside_ShowsTheModelAndTheFile()
    {
        string text = Mlseg.Run("info", _folder["model.onnx"]).Output;
        JsonElement json = Mlseg.Run("info", _folder["model.onnx"], "--json").Json();

        StringAssert.Contains(text, "0 reddish");
        StringAssert.Contains(text, "weights in    model.onnx.data, 36 bytes");
        Assert.AreEqual("reddish", json.GetProperty("classes")[0].GetString());
        Assert.AreEqual("model.onnx.data", json.GetProperty("weightFiles").EnumerateArray().Single().GetString());
    }

    [TestMethod]
    public void Segment_WeightsChangedSinceMasksWereMade_IsAnotherModel()
    {
        _folder.Segment("out").RequireDone();
        byte[] weights = File.ReadAllBytes(WeightFile);
        weights[3] ^= 0x80;
        File.WriteAllBytes(WeightFile, weights);

        _folder.Segment("out").RequireError(1, "--model was another file");
        _folder.Segment("out", "--restart").RequireDone();
    }

    [TestMethod]
    public void Info_WeightsMissingShortOrOutside_SaysSoOnOneLine()
    {
        byte[] weights = File.ReadAllBytes(WeightFile);
        File.WriteAllBytes(WeightFile, weights[..^1]);
        Mlseg.Run("info", _folder["model.onnx"]).RequireError(1, OutsideModel.Location, "has 35 bytes");
        File.Delete(WeightFile);
        Mlseg.Run("info", _folder["model.onnx"]).RequireError(1, $"'{WeightFile}' is not there", "Put the file there");
        File.WriteAllBytes(_folder["model.onnx"], OutsideModel.Of(TestGraphs.BrightestChannel(), "../weights.bin").Model);
        Mlseg.Run("info", _folder["model.onnx"]).RequireError(1, "'../weights.bin'", "by a path with '..'");
    }
}
