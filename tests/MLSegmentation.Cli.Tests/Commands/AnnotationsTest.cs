using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class AnnotationsTest
{
    private static readonly string[] _classes = ["background", "scratch", "pit", "stain"];
    private static readonly string[] _training =
        ["--epochs", "1", "--size", "32x32", "--network", "unet-compact", "--weights", "none", "--threads", "1"];

    [TestMethod]
    public void TrainAndEvaluate_AnnotationsOfTheSameMasks_GiveTheSameModelAndFigures()
    {
        using TestFolder folder = WithVoc(6);
        string[] masks = ["--images", folder.Images, "--masks", folder.Masks, "--ignore", "255"];
        string[] annotations = ["--annotations", folder["voc"], "--images", folder.Images];
        string classes = folder.Write("classes.txt", _classes);
        string first = folder["first.onnx"], second = folder["second.onnx"];

        Mlseg.Run(["train", "segmentation", .. masks, "--classes", classes, .. _training, "--out", first]).RequireDone();
        Mlseg.Run(["train", "segmentation", .. annotations, .. _training, "--out", second]).RequireDone();

        CollectionAssert.AreEqual(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.AreEqual(
            Mlseg.Run(["evaluate", "--model", first, .. masks, "--json"]).Json().GetRawText(),
            Mlseg.Run(["evaluate", "--model", first, .. annotations, "--json"]).Json().GetRawText());
    }

    [TestMethod]
    public void Evaluate_AnnotationsInAnotherOrderOfClasses_AreReadByName()
    {
        using TestFolder folder = WithVoc(4);
        string classes = folder.Write("classes.txt", "stain", "pit", "background", "scratch");
        Mlseg.Run([
            "train", "segmentation", "--annotations", folder["voc"], "--images", folder.Images, "--classes", classes,
            .. _training, "--out", folder["model.onnx"],
        ]).RequireDone();

        JsonElement figures = Mlseg.Run(
            "evaluate", "--model", folder["model.onnx"], "--annotations", folder["voc"], "--images", folder.Images, "--json")
            .Json();

        Assert.AreSequenceEqual(
            ["stain", "pit", "background", "scratch"],
            figures.GetProperty("perClassIoU").EnumerateObject().Select(one => one.Name));
    }

    /// <summary>The colours are those that Pascal VOC gives to other classes.</summary>
    [TestMethod]
    public void Split_ClassesWithColoursOfOthers_CountsByTheirNames()
    {
        using TestFolder folder = WithVoc(8);
        string classes = folder.Write(
            "classes.txt", "background #800000", "scratch #000000", "pit #808000", "stain #008000");
        string[] data = ["split", "--annotations", folder["voc"], "--images", folder.Images, "--json"];

        string plain = Mlseg.Run([.. data, "--out", folder["a.csv"]]).Json().GetProperty("parts").GetRawText(),
            coloured = Mlseg.Run([.. data, "--out", folder["b.csv"], "--classes", classes]).Json().GetProperty("parts")
                .GetRawText();

        Assert.AreEqual(plain, coloured);
    }

    [TestMethod]
    public void Train_MissingImageOfNoPart_IsNoError()
    {
        using TestFolder folder = WithVoc(4);
        File.Delete(folder["images", "surface_003.jpg"]);
        string split = folder.Write("split.csv", "name,split", "surface_000,train", "surface_001,train", "surface_002,test");

        Mlseg.Run([
            "train", "segmentation", "--annotations", folder["voc"], "--images", folder.Images, "--split", split, .. _training,
            "--out", folder["model.onnx"],
        ]).RequireDone();
    }

    [TestMethod]
    public void Check_Annotations_NamesTheImageAndTheRegionOfWhatIsWrong()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        folder.Write("images/surface_000.json", """
            { "imagePath": "surface_000.jpg", "shapes": [
              { "label": "scratch", "shape_type": "line", "points": [[1, 1], [5, 5]] },
              { "label": "scratch", "shape_type": "rectangle", "points": [[1, 1], [5, 5]] } ] }
            """);

        JsonElement report = Mlseg.Run("check", "--annotations", folder.Images, "--json").Json();

        JsonElement finding = report.GetProperty("findings").EnumerateArray().Single();
        Assert.AreEqual("region-without-area", finding.GetProperty("check").GetString());
        Assert.AreEqual(folder["images", "surface_000.jpg"], finding.GetProperty("file").GetString());
        Assert.Contains("is a line", finding.GetProperty("found").GetString()!);
    }

    [TestMethod]
    public void Check_ImagesThatAreMissing_AreAllFound()
    {
        using TestFolder folder = WithVoc(4);
        File.Delete(folder["images", "surface_001.jpg"]);
        File.Delete(folder["images", "surface_003.jpg"]);

        MlsegResult result = Mlseg.Run("check", "--annotations", folder["voc"], "--images", folder.Images, "--json");

        Assert.AreEqual(1, result.ExitCode);
        using var report = JsonDocument.Parse(result.Output);
        JsonElement[] missing =
        [
            .. report.RootElement.GetProperty("findings").EnumerateArray()
                .Where(one => one.GetProperty("check").GetString() == "image-missing"),
        ];
        Assert.HasCount(2, missing);
        string[] found = [.. missing.Select(one => one.GetProperty("found").GetString()!)];
        Assert.IsTrue(found.Any(one => one.Contains("surface_001")) && found.Any(one => one.Contains("surface_003")));
    }

    [TestMethod]
    public void Check_SplitOfAnnotations_NamesWhatIsMissing()
    {
        using TestFolder folder = WithVoc(3);
        string split = folder.Write("split.csv", "name,split", "surface_000,train", "surface_002.jpg,test", "surface_009,test");

        MlsegResult result = Mlseg.Run(
            "check", "--annotations", folder["voc"], "--images", folder.Images, "--split", split, "--json");

        Assert.AreEqual(1, result.ExitCode);
        using var report = JsonDocument.Parse(result.Output);
        Assert.AreEqual(2, report.RootElement.GetProperty("images").GetInt32());
        JsonElement finding = report.RootElement.GetProperty("findings").EnumerateArray().First();
        Assert.AreEqual("split-without-image", finding.GetProperty("check").GetString());
        Assert.AreEqual("surface_009", finding.GetProperty("file").GetString());
    }

    [TestMethod]
    public void Train_AnnotationsWithAnError_TrainsNothingAndSaysWhich()
    {
        using TestFolder folder = WithVoc(8);
        string classes = folder.Write("classes.txt", "background", "scratch", "pit");

        Mlseg.Run([
            "train", "segmentation", "--annotations", folder["voc"], "--images", folder.Images, "--classes", classes,
            .. _training, "--out", folder["model.onnx"],
        ]).RequireError(1, "of the class stain");
    }

    [TestMethod]
    [DataRow("--annotations", "a", "--masks", "m")]
    [DataRow("--annotations", "a", "--ignore", "255")]
    [DataRow("--images", "i", "--unlabelled", "ignore")]
    [DataRow("--annotations", "a", "--annotation-format", "word")]
    public void Check_OptionsThatDoNotGoTogether_AreWrongUsage(params string[] options) =>
        Mlseg.Run(["check", .. options]).RequireError(2, options[2]);

    /// <summary>The first images of the sample set, and their masks as Pascal VOC has them.</summary>
    private static TestFolder WithVoc(int count)
    {
        TestFolder folder = new TestFolder().WithSamples(count);
        Directory.CreateDirectory(folder["voc"]);
        Directory.CreateSymbolicLink(folder["voc", "SegmentationClass"], folder.Masks);
        File.WriteAllLines(folder["voc", "class_names.txt"], _classes);
        return folder;
    }
}
