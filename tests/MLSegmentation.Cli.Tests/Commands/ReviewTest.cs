using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class ReviewTest
{
    // The model takes the brightest channel of an image of stripes for the class.
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(4);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Review_WrongRegion_ComesFirstAndIsDrawn()
    {
        for (int i = 0; i < 4; i++) WriteMask(i, wrong: i == 2 ? 6 : 0);

        JsonElement found = Review("--masks", _folder["masks"], "--json").Json();

        JsonElement region = found.GetProperty("regions").EnumerateArray().First();
        Assert.EndsWith("image2.png", region.GetProperty("image").GetString()!);
        Assert.AreSequenceEqual(
            ["image2.png"], found.GetProperty("images").EnumerateArray()
                .Where(image => image.GetProperty("score").GetDouble() > 0)
                .Select(image => Path.GetFileName(image.GetProperty("image").GetString()!)));
        Assert.AreSequenceEqual(
            ["images.csv", "page-001.png", "regions.csv", "review.json"],
            Directory.GetFiles(_folder["review"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.StartsWith("1,", File.ReadAllLines(_folder["review", "regions.csv"])[1]);
    }

    [TestMethod]
    public void Review_ImagesWithoutALabel_AreRankedByWhatOneWouldTeach()
    {
        WriteMask(0, wrong: 0);

        JsonElement[] unlabelled =
            [.. Review("--masks", _folder["masks"], "--json").Json().GetProperty("unlabelled").EnumerateArray()];

        Assert.HasCount(3, unlabelled);
        Assert.IsTrue(File.Exists(_folder["review", "unlabelled.csv"]));
        Assert.IsTrue(File.Exists(_folder["review", "unlabelled-001.png"]));
        double[] scores = [.. unlabelled.Select(one => one.GetProperty("score").GetDouble())];
        Assert.AreSequenceEqual(scores.OrderDescending(), scores);
    }

    [TestMethod]
    public void Review_FolderOfSomethingElse_IsLeftAlone()
    {
        for (int i = 0; i < 4; i++) WriteMask(i, wrong: 3);
        Directory.CreateDirectory(_folder["review"]);
        File.WriteAllText(_folder["review", "page-001.png"], "mine");

        Review("--masks", _folder["masks"]).RequireError(1, "review.json");
        File.Move(_folder["review", "page-001.png"], _folder["page-001.png"]);
        Review("--masks", _folder["masks"], "--draw", "12").RequireDone();
        File.Move(_folder["page-001.png"], _folder["review", "page-007.png"]);
        Review("--masks", _folder["masks"], "--draw", "0").RequireDone();

        Assert.AreSequenceEqual(
            ["page-007.png"],
            Directory.GetFiles(_folder["review"], "*.png").Select(file => Path.GetFileName(file)));
    }

    [TestMethod]
    public void Review_AnnotationsOfAMissingImage_ReportsItAndRanksTheOthers()
    {
        for (int i = 0; i < 4; i++) WriteMask(i, wrong: 3);
        Directory.CreateSymbolicLink(_folder["SegmentationClass"], _folder["masks"]);
        File.WriteAllLines(_folder["class_names.txt"], ["reddish", "greenish", "bluish"]);
        File.Delete(_folder["images", "image3.png"]);

        MlsegResult result = Mlseg.Run(
            "review", "--model", _folder["model.onnx"], "--annotations", Path.GetDirectoryName(_folder["masks"])!, "--images",
            _folder["images"], "--out", _folder["review"]);

        Assert.AreEqual(0, result.ExitCode, result.Error);
        Assert.Contains("There is no image 'image3'", result.Error);
        Assert.Contains("In 3 images", result.Output);
    }

    [TestMethod]
    public void Review_MaskOfAnotherSize_IsPassedOverAndTheOthersAreRanked()
    {
        for (int i = 0; i < 4; i++) WriteMask(i, wrong: 3);
        PngWriter.WriteIndexed(_folder["masks", "image1.png"], new byte[12], 4, 3, Palette.Voc(3));

        MlsegResult result = Review("--masks", _folder["masks"]);

        Assert.AreEqual(0, result.ExitCode, result.Error);
        Assert.Contains("image1.png: The mask has 12 pixels", result.Error);
        Assert.Contains("In 3 images", result.Output);
    }

    [TestMethod]
    public void Review_Folds_JudgeEachImageByTheModelThatDidNotSeeIt()
    {
        for (int i = 0; i < 4; i++) WriteMask(i, wrong: 0);
        File.Copy(_folder["model.onnx"], _folder["m.fold1.onnx"]);
        // The second model is missing: images of its fold have no judge.
        new FoldRecord(2, new Dictionary<string, int> { ["image0"] = 1, ["image1"] = 2 }, new Dictionary<string, string>())
            .Write(_folder["m.folds.json"]);

        Mlseg.Run(Arguments("m.folds.json", "--masks", _folder["masks"])).RequireError(1, "m.fold2.onnx");
        File.Copy(_folder["model.onnx"], _folder["m.fold2.onnx"]);
        Mlseg.Run(Arguments("m.folds.json", "--masks", _folder["masks"])).RequireDone();
    }

    [TestMethod]
    public void Review_WithoutLabels_RanksAllImagesByWhatOneWouldTeach()
    {
        JsonElement found = Review("--json").Json();

        Assert.AreEqual(4, found.GetProperty("unlabelled").GetArrayLength());
        Assert.AreEqual(0, found.GetProperty("regions").GetArrayLength());
    }

    private MlsegResult Review(params string[] options) => Mlseg.Run(Arguments("model.onnx", options));

    private string[] Arguments(string model, params string[] options) =>
    [
        "review", "--model", _folder[model], "--images", _folder["images"], "--out", _folder["review"], .. options,
    ];

    /// <summary>The image's own classes, in the first rows of the next class.</summary>
    private void WriteMask(int index, int wrong)
    {
        Directory.CreateDirectory(_folder["masks"]);
        LabelImage classes = LabelImageReader.Read(_folder["images", $"image{index}.png"]);
        byte[] values = [.. classes.Values.Select((value, i) => (byte)(i < wrong * classes.Width ? (value + 1) % 3 : value))];
        PngWriter.WriteIndexed(_folder["masks", $"image{index}.png"], values, classes.Width, classes.Height, Palette.Voc(3));
    }
}
