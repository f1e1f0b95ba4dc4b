using System.Text.Json;
using Microsoft.ML.Data;

namespace MLSegmentation.Cli.Tests;

/// <summary>One small model, trained once by the tool, and what the other commands make of it.</summary>
[TestClass]
public sealed class SegmentationTest
{
    private const int Count = 4;
    private static TestFolder _folder = null!;

    private static string Model => _folder["models", "model.onnx"];

    [ClassInitialize]
    public static void Train(TestContext _)
    {
        _folder = new TestFolder().WithSamples(Count);
        string classes = _folder.Write(
            "classes.txt", "0 background #000000", "1 scratch #FF0000", "2 pit #00FF00", "3 stain #0000FF", "9 nothing #FFFFFF");
        string split = _folder.Write(
            "split.csv", "name,split", "surface_000,train", "surface_001,train", "surface_002.jpg,test", "surface_003,other");
        Mlseg.Run(
            "train", "segmentation", "--images", _folder.Images, "--masks", _folder.Masks, "--out", Model, "--split", split,
            "--classes", classes,
            "--ignore", "9", "--epochs", "1", "--size", "64x64", "--batch", "2", "--network", "unet-compact").RequireDone();
    }

    [ClassCleanup]
    public static void Delete() => _folder.Dispose();

    [TestMethod]
    public void Train_WhenDone_LeavesTheModelAlone() =>
        Assert.AreSequenceEqual([Model], Directory.GetFileSystemEntries(_folder["models"]));

    [TestMethod]
    public void Info_Json_TellsWhatWasTrained()
    {
        JsonElement info = Mlseg.Run("info", Model, "--json").Json();
        Assert.AreEqual("unet-compact", info.GetProperty("network").GetString());
        Assert.IsGreaterThan(1000, info.GetProperty("parameters").GetInt64());
        Assert.AreEqual("image", info.GetProperty("inputs")[0].GetProperty("name").GetString());
        Assert.AreSequenceEqual([-1, 3, -1, -1],
            info.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray());
        Assert.AreEqual(2, info.GetProperty("outputs").GetArrayLength());
        Assert.AreSequenceEqual(
            ["background", "scratch", "pit", "stain"],
            info.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!).ToArray());
        Assert.AreEqual(32, info.GetProperty("sizeMultiple").GetInt32());
        Assert.AreEqual("9", info.GetProperty("metadata").GetProperty("mlsegmentation.ignoreLabel").GetString());
        Assert.Contains("#FF0000", info.GetProperty("metadata").GetProperty("mlsegmentation.palette").GetString()!);
    }

    [TestMethod]
    public void Info_Text_NamesTheClassesWithTheirColours()
    {
        MlsegResult result = Mlseg.Run("info", Model);
        result.RequireDone();
        Assert.Contains("1 scratch #FF0000", result.Output);
    }

    [TestMethod]
    public void Evaluate_Json_HasEveryKey()
    {
        JsonElement metrics = Mlseg.Run(
            "evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--json").Json();
        foreach (string key in new[] { "meanIoU", "pixelAccuracy", "meanAccuracy", "frequencyWeightedIoU" })
            Assert.IsInRange(0.0, 1.0, metrics.GetProperty(key).GetDouble(), key);
        Assert.AreEqual(Count, metrics.GetProperty("images").GetInt32());
        Assert.AreSequenceEqual(
            ["background", "scratch", "pit", "stain"],
            metrics.GetProperty("perClassIoU").EnumerateObject().Select(one => one.Name).ToArray());
    }

    [TestMethod]
    public void Evaluate_Split_TakesThePartTest()
    {
        JsonElement metrics = Mlseg.Run(
            "evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--split", _folder["split.csv"],
            "--json").Json();
        Assert.AreEqual(1, metrics.GetProperty("images").GetInt32());
    }

    [TestMethod]
    public void Evaluate_EveryMeasure_IsInJsonAndText()
    {
        string[] arguments = ["evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--boundary",
            "--calibration", "--bootstrap", "50"];
        JsonElement metrics = Mlseg.Run([.. arguments, "--json"]).Json();
        foreach (string key in new[] { "boundaryIoU", "boundaryF1", "expectedCalibrationError", "meanImageIoU" })
            Assert.IsInRange(0.0, 1.0, metrics.GetProperty(key).GetDouble(), key);
        double[] interval = [.. metrics.GetProperty("meanIoUInterval").EnumerateArray().Select(end => end.GetDouble())];
        Assert.HasCount(2, interval);
        Assert.IsLessThanOrEqualTo(interval[1], interval[0]);
        JsonElement background = metrics.GetProperty("perClass").GetProperty("background");
        foreach (string key in new[] { "iou", "dice", "recall", "boundaryIoU", "boundaryF1" })
            Assert.IsTrue(background.TryGetProperty(key, out _), key);

        MlsegResult text = Mlseg.Run(arguments);
        text.RequireDone();
        foreach (string word in new[] { "precision", "recall", "boundary IoU", "boundary F1", "95 % interval",
            "mean IoU of an image", "calibration error" })
            Assert.Contains(word, text.Output);
    }

    [TestMethod]
    public void Evaluate_NoMeasureAskedFor_LeavesThemNull()
    {
        JsonElement metrics = Mlseg.Run(
            "evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--json").Json();
        foreach (string key in new[] { "boundaryIoU", "boundaryF1", "expectedCalibrationError", "meanIoUInterval" })
            Assert.AreEqual(JsonValueKind.Null, metrics.GetProperty(key).ValueKind, key);
        Assert.IsInRange(0.0, 1.0, metrics.GetProperty("meanImageIoU").GetDouble());
    }

    [TestMethod]
    public void Evaluate_MatricesOfParts_MergeToTheWhole()
    {
        string[] arguments = ["evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--json"];
        string[] parts = ["train", "test", "other"];
        string[] files = [.. parts.Select(part => _folder["matrices", $"{part}.json"])];
        foreach (var (part, file) in parts.Zip(files))
            Mlseg.Run([.. arguments, "--split", _folder["split.csv"], "--part", part, "--matrix", file]).RequireDone();

        JsonElement merged = Mlseg.Run(["merge", .. files, "--json"]).Json(), whole = Mlseg.Run(arguments).Json();

        foreach (string key in new[] { "meanIoU", "pixelAccuracy", "meanAccuracy", "frequencyWeightedIoU" })
            Assert.AreEqual(whole.GetProperty(key).GetDouble(), merged.GetProperty(key).GetDouble(), key);
        Assert.AreEqual(whole.GetProperty("perClass").GetRawText(), merged.GetProperty("perClass").GetRawText());
    }

    [TestMethod]
    public void Evaluate_Pictures_AreOfTheBestTheMedianAndTheWorstImage()
    {
        string[] images = [.. Directory.GetFiles(_folder.Images)];
        string[] ranked = [.. images.OrderByDescending(image =>
            Mlseg.Run("evaluate", "--model", Model, "--images", image, "--masks", _folder.Masks, "--json")
                .Json().GetProperty("meanIoU").GetDouble())];

        string[] arguments = ["evaluate", "--model", Model, "--images", _folder.Images, "--masks", _folder.Masks, "--pictures",
            _folder["pictures"]];
        MlsegResult told = Mlseg.Run(arguments);
        JsonElement json = Mlseg.Run([.. arguments, "--json"]).Json().GetProperty("pictures");

        told.RequireDone();
        string[] ranks = ["best", "median", "worst"], expected = [ranked[0], ranked[Count / 2], ranked[^1]];
        Assert.AreSequenceEqual(ranks.Select(rank => $"{rank}.png"),
            Directory.GetFiles(_folder["pictures"]).Select(path => Path.GetFileName(path)!).Order());
        foreach ((int index, string rank) in ranks.Index())
        {
            Assert.MatchesRegex(
                $@"{rank} +mean IoU 0\.\d{{4}}  {expected[index]}  drawn in {_folder["pictures", rank]}\.png", told.Output);
            Assert.AreEqual(rank, json[index].GetProperty("rank").GetString());
            Assert.AreEqual(expected[index], json[index].GetProperty("image").GetString());
            using var drawn = ImageDecoder.Decode(_folder["pictures", $"{rank}.png"]);
            Assert.IsGreaterThan(3 * 250, drawn.Width);
        }
    }

    [TestMethod]
    public void Evaluate_MaskOfAnotherSize_NamesImageAndMask()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        PngWriter.WriteIndexed(folder["masks", "surface_000.png"], new byte[12], 4, 3, Palette.Voc(4));
        Mlseg.Run("evaluate", "--model", Model, "--images", folder.Images, "--masks", folder.Masks)
            .RequireError(1, "surface_000.jpg", "surface_000.png", "4x3");
    }

    [TestMethod]
    public void Evaluate_WithoutMasks_IsWrongUsage() =>
        Mlseg.Run("evaluate", "--model", Model, "--images", _folder.Images).RequireError(2, "--masks");

    [TestMethod]
    public void Segment_Folder_WritesIndexedMasksAndOverlaysOfTheImagesSize()
    {
        string target = _folder["out", "new"];
        Mlseg.Run("segment", "--model", Model, "--images", _folder.Images, "--out", target, "--format", "overlay").RequireDone();
        Assert.HasCount(2 * Count, Directory.GetFiles(target, "*.png"));

        LabelImage mask = LabelImageReader.Read(Path.Combine(target, "surface_002.png")),
            truth = LabelImageReader.Read(_folder["masks", "surface_002.png"]);
        using var overlay = ImageDecoder.Decode(Path.Combine(target, "surface_002.overlay.png"));
        Assert.AreEqual((truth.Width, truth.Height), (mask.Width, mask.Height));
        Assert.AreEqual((truth.Width, truth.Height), (overlay.Width, overlay.Height));
        Assert.IsTrue(mask.Values.All(value => value < 4));
    }

    [TestMethod]
    public void Segment_OneFile_WritesOneMask()
    {
        string target = _folder["one"];
        Mlseg.Run("segment", "--model", Model, "--images", _folder["images", "surface_001.jpg"], "--out", target).RequireDone();
        Assert.AreSequenceEqual([Path.Combine(target, "manifest.jsonl"), Path.Combine(target, "surface_001.png")],
            Directory.GetFiles(target).Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void Segment_TruncatedImage_NamesTheFile()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        byte[] data = File.ReadAllBytes(folder["images", "surface_001.jpg"]);
        File.WriteAllBytes(folder["images", "surface_001.jpg"], data[..(data.Length / 2)]);
        Mlseg.Run("segment", "--model", Model, "--images", folder.Images, "--out", folder["out"])
            .RequireError(1, "surface_001.jpg");
        Assert.IsEmpty(Directory.GetFiles(folder["out"], "*.partial"));
    }

    [TestMethod]
    public void Segment_TwoImagesOfOneName_WritesNothing()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        File.Copy(folder["images", "surface_000.jpg"], folder["images", "surface_000.jpeg"]);
        Mlseg.Run("segment", "--model", Model, "--images", folder.Images, "--out", folder["out"]).RequireError(1, "surface_000");
        Assert.IsFalse(Directory.Exists(folder["out"]));
    }

    [TestMethod]
    public void Segment_IntoTheFolderOfPngImages_ReplacesNone()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        Mlseg.Run("segment", "--model", Model, "--images", folder.Masks, "--out", folder.Masks).RequireError(1, "would replace");
    }
}
