namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskPainterTest
{
    private static readonly string[] _classes = ["stain", "background", "scratch"];

    [TestMethod]
    public void Paint_ClassesInAnotherOrder_AreFoundByName()
    {
        using AnnotationFolder folder = With(Rectangle("scratch", 0, 0, 0, 0), Rectangle("stain", 2, 0, 2, 0));

        List<DataFinding> findings = [];
        MaskCanvas mask = Painter(folder, _classes).Paint(Image(folder), null, findings)!;

        Assert.AreSequenceEqual((uint[])[3, 2, 1, 2, 2, 2], mask.Keys);
        Assert.IsEmpty(findings);
    }

    [TestMethod]
    public void Paint_UnlabelledIgnored_LeavesNothingInNoRegion()
    {
        using AnnotationFolder folder = With(Rectangle("scratch", 0, 0, 0, 0), Rectangle("background", 1, 1, 2, 1));

        MaskCanvas mask = Painter(folder, _classes, ignoresUnlabelled: true).Paint(Image(folder), null, [])!;

        Assert.AreSequenceEqual((uint[])[3, 0, 0, 0, 2, 2], mask.Keys);
    }

    [TestMethod]
    public void Paint_RegionsWithoutPixels_AreReportedByKind()
    {
        using AnnotationFolder folder = With(
            Rectangle("stain", 0, 0, 0, 0), Rectangle("scratch", 0, 0, 1, 0), Rectangle("stain", 7, 7, 8, 8),
            """{ "label": "stain", "shape_type": "point", "points": [[1, 1]] }""");

        List<DataFinding> findings = [];
        Painter(folder, _classes).Paint(Image(folder), "train", findings);

        Assert.AreSequenceEqual(
            ["region-hidden", "region-without-pixels", "region-without-area"], findings.Select(one => one.Check));
        Assert.IsTrue(findings.All(
            one => one is { Severity: FindingSeverity.Warning, Part: "train" } && one.File == folder["a.png"]));
        Assert.Contains("(1 pixel)", findings[0].Found);
    }

    [TestMethod]
    public void Paint_ClassThatTheNetworkLacks_IsAnErrorWithItsPixels()
    {
        using AnnotationFolder folder = With(Rectangle("pit", 0, 0, 1, 0));

        List<DataFinding> findings = [];
        MaskCanvas? mask = Painter(folder, _classes).Paint(Image(folder), null, findings);

        Assert.IsNull(mask);
        DataFinding finding = findings.Single();
        Assert.AreEqual(("annotation-class", FindingSeverity.Error), (finding.Check, finding.Severity));
        Assert.Contains("2 pixels of the class pit", finding.Found);
    }

    [TestMethod]
    public void Paint_NoClassForTheBackground_IsAnErrorUnlessItIsIgnored()
    {
        using AnnotationFolder folder = With(Rectangle("scratch", 0, 0, 1, 0));
        string[] classes = ["stain", "scratch"];

        List<DataFinding> findings = [];
        Assert.IsNull(Painter(folder, classes).Paint(Image(folder), null, findings));
        Assert.AreEqual("unlabelled-pixels", findings.Single().Check);
        Assert.Contains("4 pixels", findings.Single().Found);
        Assert.AreSequenceEqual(
            (uint[])[2, 2, 0, 0, 0, 0], Painter(folder, classes, true).Paint(Image(folder), null, [])!.Keys);
    }

    [TestMethod]
    public void Paint_ImageWithoutRegion_IsReported()
    {
        using AnnotationFolder folder = With();

        List<DataFinding> findings = [];
        MaskCanvas mask = Painter(folder, _classes).Paint(Image(folder), null, findings)!;

        Assert.IsTrue(mask.Keys.All(key => key == 2));
        Assert.AreEqual("image-without-region", findings.Single().Check);
    }

    [TestMethod]
    public void Paint_AnotherSize_IsAnErrorOfTheImage()
    {
        using AnnotationFolder folder = With(Rectangle("scratch", 0, 0, 1, 0));
        folder.WithImage("a.png", 2, 3);

        List<DataFinding> findings = [];
        Assert.IsNull(Painter(folder, _classes).Paint(Image(folder), null, findings));
        Assert.AreEqual("annotation-error", findings.Single().Check);
        Assert.Contains("on their side", findings.Single().Found);
    }

    /// <summary>LabelMe's file of an image of three columns and two rows.</summary>
    private static AnnotationFolder With(params string[] shapes) => new AnnotationFolder().WithImage("a.png", 3, 2).WithText(
        "a.json",
        $$"""{ "imagePath": "a.png", "imageWidth": 3, "imageHeight": 2, "shapes": [{{string.Join(", ", shapes)}}] }""");

    private static string Rectangle(string label, int left, int top, int right, int bottom) =>
        $$"""{ "label": "{{label}}", "shape_type": "rectangle", "points": [[{{left}}, {{top}}], [{{right}}, {{bottom}}]] }""";

    private static MaskPainter Painter(AnnotationFolder folder, string[] classes, bool ignoresUnlabelled = false) =>
        new(folder.Open(), classes, ignoresUnlabelled);

    private static AnnotatedImage Image(AnnotationFolder folder) => folder.Open().Images.Single();
}
