using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>The tool with a model from elsewhere, whose class is the brightest channel of what it gets.</summary>
[TestClass]
public sealed class ForeignModelTest
{
    private const string Files = """{"image_mean": 0.5, "image_std": 0.5, "do_reduce_labels": true}""";
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(2);

    public ForeignModelTest() => File.WriteAllBytes(_folder["model.onnx"], TestGraphs.Foreign());

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Segment_NothingSaysThePreparation_IsAnErrorWithTheOptionAndThePresets()
    {
        MlsegResult result = _folder.Segment("out");

        result.RequireError(
            1, "does not say how pixels are prepared", "Give --preparation imagenet-rgb", "imagenet-bgr", "zero-to-one",
            "minus-one-to-one", "caffe-bgr", "as-is", "The training code says which");
        Assert.IsFalse(Directory.Exists(_folder["out"]));
    }

    [TestMethod]
    public void Segment_PreparationByOptionOrFile_GivesTheSameMasks()
    {
        _folder.Segment("option", "--preparation", "minus-one-to-one").RequireDone();
        File.WriteAllText(_folder["preprocessor_config.json"], Files);
        _folder.Segment("file").RequireDone();

        _folder.AssertSame("option", "file", "image0.png", "image1.png");
    }

    [TestMethod]
    public void Segment_PreparationAgainstFile_ShowsBoth()
    {
        File.WriteAllText(_folder["preprocessor_config.json"], Files);

        _folder.Segment("out", "--preparation", "zero-to-one").RequireError(
            1, "--preparation is zero-to-one, but preprocessor_config.json beside the model says minus-one-to-one",
            "Leave --preparation out");
    }

    [TestMethod]
    public void Segment_FolderOfAnotherPreparation_IsNotGoneOnWith()
    {
        _folder.Segment("out", "--preparation", "zero-to-one").RequireDone();

        _folder.Segment("out", "--preparation", "as-is").RequireError(1, "--preparation was zero-to-one, is as-is");
        _folder.Segment("out", "--preparation", "zero-to-one", "--scores", "independent-logits").RequireError(
            1, "--scores was not given, is independent-logits");
        _folder.Segment("out", "--preparation", "zero-to-one").RequireDone();
    }

    [TestMethod]
    public void Segment_FolderOfChangedFileBeside_IsNotGoneOnWith()
    {
        File.WriteAllText(_folder["preprocessor_config.json"], Files);
        _folder.Segment("out").RequireDone();
        File.WriteAllText(_folder["preprocessor_config.json"], """{"image_mean": 0.5, "image_std": 0.25}""");

        _folder.Segment("out").RequireError(1, "--model was another file");
    }

    [TestMethod]
    public void Segment_Classes_NameThoseOfTheModel()
    {
        File.WriteAllLines(_folder["classes.txt"], ["sky #0000FF", "road", "tree"]);

        _folder.Segment(
            "out", "--preparation", "as-is", "--classes", _folder["classes.txt"], "--format", "csv").RequireDone();

        StringAssert.Contains(File.ReadAllText(_folder["out", "areas.csv"]), "sky");
        _folder.Segment("out", "--preparation", "as-is").RequireError(1, "--classes was sky,road,tree, is not given");
    }

    [TestMethod]
    [DataRow("--scores", "independent-logits", "--scores was not given, is independent-logits")]
    [DataRow("--connectivity", "4", "--connectivity was 8, is 4")]
    public void Segment_GoneOnWithAnotherOption_SaysItAsItIsTyped(string option, string value, string expected)
    {
        _folder.Segment("out", "--preparation", "as-is").RequireDone();

        _folder.Segment("out", "--preparation", "as-is", option, value).RequireError(1, expected);
    }

    [TestMethod]
    public void Segment_ClassesOfAModelTrainedHere_AreItsOwn()
    {
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.BrightestChannel());
        File.WriteAllLines(_folder["classes.txt"], ["sky", "road", "tree"]);

        _folder.Segment("out", "--classes", _folder["classes.txt"]).RequireError(
            1, "names the classes sky, road, tree", "expected the model's: reddish, greenish, bluish");
    }

    [TestMethod]
    public void Evaluate_ReducedLabels_CountsClassesFromOne()
    {
        _folder.Segment("masks", "--preparation", "minus-one-to-one").RequireDone();
        foreach (string mask in Directory.GetFiles(_folder["masks"], "*.png"))
        {
            LabelImage labels = LabelImageReader.Read(mask);
            byte[] counted = [.. labels.Values.Select((value, at) => at == 0 ? (byte)0 : (byte)(value + 1))];
            PngWriter.WriteIndexed(mask, counted, labels.Width, labels.Height, Palette.Voc(4));
        }
        File.WriteAllText(_folder["preprocessor_config.json"], Files);

        MlsegResult result = Mlseg.Run(
            "evaluate", "--model", _folder["model.onnx"], "--images", _folder["images"], "--masks", _folder["masks"], "--json");

        Assert.AreEqual(1, result.Json().GetProperty("meanIoU").GetDouble());
    }
}
