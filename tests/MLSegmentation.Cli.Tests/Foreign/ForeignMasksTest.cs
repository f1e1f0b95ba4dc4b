using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>The models of <see cref="ForeignModels"/> through the tool, as people run it.</summary>
[TestClass]
public sealed class ForeignMasksTest
{
    private static IEnumerable<object[]> Names => ForeignModels.Names;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Segment_ByOptions_WritesItsMask(string name)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();

        Segment(model, model.ModelFile, folder["out"], OptionsOf(model));

        RequireMask(model, folder["out"]);
    }

    /// <summary>The adopted file lies alone in its folder, and is run without an option.</summary>
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Adopt_ByOptions_MakesAFileThatNeedsNone(string name)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        Mlseg.Run(["adopt", model.ModelFile, .. OptionsOf(model), "--out", folder["adopted.onnx"]]).RequireDone();
        Segment(model, model.ModelFile, folder["options"], OptionsOf(model));

        Segment(model, folder["adopted.onnx"], folder["out"], []);

        RequireMask(model, folder["out"]);
        CollectionAssert.AreEqual(Mask(model, folder["options"]), Mask(model, folder["out"]), name);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Evaluate_AgainstItsMask_IsRightInAllPixels(string name)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Images);
        Directory.CreateDirectory(folder.Masks);
        File.Copy(model.ImageFile, folder["images", "one.png"]);
        File.Copy(model.MaskFile, folder["masks", "one.png"]);

        var measured = Mlseg.Run(
            ["evaluate", "--model", model.ModelFile, "--images", folder.Images, "--masks", folder.Masks, "--json",
                .. OptionsOf(model)]).Json();

        Assert.IsGreaterThanOrEqualTo(model.Agreement, measured.GetProperty("pixelAccuracy").GetDouble(), name);
    }

    [TestMethod]
    public void Segment_WithoutPreparation_SaysWhichOptionAndHowToFindOut()
    {
        var model = ForeignModels.Of("torchvision-lraspp");
        using var folder = new TestFolder();

        MlsegResult result = Mlseg.Run(
            "segment", "--model", model.ModelFile, "--images", model.ImageFile, "--out", folder["out"]);

        result.RequireError(1, "does not say how pixels are prepared", "--preparation", "imagenet-rgb", "The training code says");
    }

    /// <summary>A trained, public model finds the text of its picture.</summary>
    [TestMethod]
    public void Segment_TextDetection_OutlinesEachPieceOfText()
    {
        var model = ForeignModels.Of("paddleocr-text");
        using var folder = new TestFolder();

        Segment(model, model.ModelFile, folder["out"], [.. OptionsOf(model), "--format", "png,overlay,geojson,csv"]);

        RequireMask(model, folder["out"]);
        string outlines = File.ReadAllText(folder["out", "masks.geojson"]);
        Assert.Contains("\"foreground\"", outlines);
        Assert.IsTrue(File.Exists(folder["out", "paddleocr-text.overlay.png"]));
        Assert.Contains("foreground", File.ReadAllText(folder["out", "areas.csv"]));
    }

    private static void Segment(ForeignModel model, string file, string target, string[] options) =>
        Mlseg.Run(["segment", "--model", file, "--images", model.ImageFile, "--out", target, .. options]).RequireDone();

    private static string[] OptionsOf(ForeignModel model) =>
    [
        .. model.Preparation is { } preparation ? (string[])["--preparation", $"{preparation}"] : [],
        .. model.Classes is { } classes ? (string[])["--class-count", $"{classes}"] : [],
    ];

    private static void RequireMask(ForeignModel model, string folder) =>
        model.RequireMask([.. Mask(model, folder).Select(label => label + 1u)]);

    private static ushort[] Mask(ForeignModel model, string folder) =>
        LabelImageReader.Read(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(model.ImageFile)}.png")).Values;
}
