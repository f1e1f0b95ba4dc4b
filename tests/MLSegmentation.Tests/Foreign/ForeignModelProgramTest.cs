namespace MLSegmentation.Tests;

/// <summary>The program <c>pipelines/ForeignModel</c>, run as a user runs it.</summary>
[TestClass]
public sealed class ForeignModelProgramTest
{
    private const string Program = "ForeignModel";
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Program_ModelFromElsewhere_WritesMaskOverlayAndZip()
    {
        string model = _folder.FileNamed("model.onnx");
        File.WriteAllBytes(model, TestGraphs.Foreign());

        string[] lines = HelperProcess.RunIn(_folder.Path, Program, model, _folder.ImageFile(0), "zero-to-one");

        CollectionAssert.AreEqual(
            LabelImageReader.Read(Path.Combine(_folder.Masks, "image0.png")).Values,
            LabelImageReader.Read(Written("_mask.png")).Values);
        Assert.IsTrue(File.Exists(Written("_overlay.png")) && File.Exists(Written(".zip")));
        Assert.Contains("How pixels are prepared it does not say: its training code does.", lines);
        StringAssert.Contains(lines[^1], "prepared as zero-to-one");
    }

    [TestMethod]
    public void Program_TextDetection_GivesItsMask()
    {
        var model = ForeignModels.Of("paddleocr-text");

        string[] lines = HelperProcess.RunIn(_folder.Path, Program, model.ModelFile, model.ImageFile, "imagenet-bgr");

        string mask = Path.Combine(_folder.Path, "out", "foreign", $"{model.Name}_mask.png");
        model.RequireMask([.. LabelImageReader.Read(mask).Values.Select(label => label + 1u)]);
        Assert.IsTrue(lines.Any(line => line.StartsWith("foreground: 6", StringComparison.Ordinal)));
    }

    private string Written(string ending) => Path.Combine(_folder.Path, "out", "foreign", $"image0{ending}");
}
