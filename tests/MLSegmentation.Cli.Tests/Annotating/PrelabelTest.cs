using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

/// <summary><c>mlseg prelabel</c>, with a network that takes the brightest channel for the class.</summary>
[TestClass]
public sealed class PrelabelTest
{
    private static readonly string[] _classes = ["reddish", "greenish", "bluish"];
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(3);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>The model has no background, so that annotations have one in front of its classes.</summary>
    [TestMethod]
    [DataRow("coco", "out.json")]
    [DataRow("cvat", "out.xml")]
    [DataRow("yolo", "out")]
    public void Run_WithoutTolerance_HasTheModelsMasks(string format, string file)
    {
        Prelabel(format, file, "--tolerance", "0").RequireDone();

        RequireMasks(_folder[file], isInFolder: format == "yolo");
    }

    /// <summary>Label Studio's import takes predictions.</summary>
    [TestMethod]
    public void Run_LabelStudio_WritesPredictions()
    {
        Prelabel("label-studio", "out.json", "--tolerance", "0").RequireDone();
        string text = File.ReadAllText(_folder["out.json"]);
        JsonElement prediction = JsonDocument.Parse(text).RootElement[0].GetProperty("predictions")[0];

        Assert.AreEqual("model.onnx", prediction.GetProperty("model_version").GetString());
        Assert.IsInRange(1 / 3.0, 1.0, prediction.GetProperty("score").GetDouble());
        RequireMasks(_folder["out.json"]);
    }

    [TestMethod]
    public void Run_LabelMe_WritesBesideTheImages()
    {
        MlsegResult result = Prelabel("labelme", "images");

        result.RequireDone();
        Assert.Contains("of 3 images to ", result.Output);
        Assert.AreSequenceEqual(
            ["image0.json", "image0.png", "image1.json", "image1.png", "image2.json", "image2.png"],
            Directory.GetFiles(_folder["images"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Prelabel("labelme", "images").RequireError(1, "image0.json' already, and labels are not replaced");
    }

    [TestMethod]
    public void Run_MinRegion_LeavesSmallerOnesOut()
    {
        Prelabel("coco", "all.json").RequireDone();
        Prelabel("coco", "large.json", "--min-region", "30").RequireDone();

        Assert.IsTrue(Areas("all.json").Any(area => area < 30));
        Assert.IsTrue(Areas("large.json").All(area => area >= 30));
    }

    [TestMethod]
    public void Run_CorruptImage_IsPassedOver()
    {
        File.WriteAllText(_folder["images", "image1.png"], "no image");

        MlsegResult result = Prelabel("yolo", "out");

        Assert.AreEqual(0, result.ExitCode, result.Error);
        Assert.Contains("mlseg: skipped image1.png: ", result.Error);
        Assert.Contains("of 2 images to ", result.Output);
        Assert.Contains("Skipped 1 image.", result.Output);
        Assert.AreSequenceEqual(
            ["image0.txt", "image2.txt"],
            Directory.GetFiles(_folder["out", "labels"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void Run_NoImageThatCanBeRead_WritesNothing()
    {
        for (int i = 0; i < 3; i++) File.WriteAllText(_folder["images", $"image{i}.png"], "no image");

        MlsegResult result = Prelabel("coco", "out.json");

        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains("None of 3 images in ", result.Error);
        Assert.IsFalse(File.Exists(_folder["out.json"]));
    }

    [TestMethod]
    public void Run_FormatOfMasks_IsRefused() =>
        Prelabel("voc", "out").RequireError(2, "'--to' is voc, expected coco, labelme, cvat, yolo, label-studio");

    private int[] Areas(string file) =>
    [
        .. JsonDocument.Parse(File.ReadAllText(_folder[file])).RootElement.GetProperty("annotations").EnumerateArray()
            .Select(annotation => annotation.GetProperty("area").GetInt32()),
    ];

    private MlsegResult Prelabel(string format, string target, params string[] options) => Mlseg.Run(
        ["prelabel", "--model", _folder["model.onnx"], "--images", _folder["images"], "--to", format, "--out", _folder[target],
            .. options]);

    /// <summary>Requires the classes of <c>mlseg segment</c> by name; YOLO's images lie in a folder of its own.</summary>
    private void RequireMasks(string path, bool isInFolder = false)
    {
        _folder.Segment("masks").RequireDone();
        string[] images = isInFolder ? [] : ["--images", _folder["images"]];
        Mlseg.Run(["convert", "--from", path, "--to", "masks", "--out", _folder["found"], .. images]).RequireDone();
        string[] names = [.. File.ReadLines(_folder["found", "classes.txt"]).Select(line => line.Split(' ')[1])];
        for (int i = 0; i < 3; i++)
        {
            string found = isInFolder ? _folder["found", "images", $"image{i}.png"] : _folder["found", $"image{i}.png"];
            Assert.AreSequenceEqual(
                LabelImageReader.Read(_folder["masks", $"image{i}.png"]).Values.Select(value => _classes[value]),
                LabelImageReader.Read(found).Values.Select(value => names[value]), $"image{i}");
        }
    }
}
