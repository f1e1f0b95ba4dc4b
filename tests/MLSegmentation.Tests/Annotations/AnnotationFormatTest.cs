namespace MLSegmentation.Tests;

[TestClass]
public sealed class AnnotationFormatTest
{
    private const string Via = """{"a":{"filename":"a.png","regions":[]}}""";

    private const string Coco = """
        {"images":[{"id":9,"file_name":"a.png"},{"id":3,"file_name":"b.png"},{"id":4,"file_name":"c.png"}],
         "annotations":[{"id":1,"image_id":9,"category_id":5,"segmentation":[[0,0,2,0,2,1,0,1]]}],
         "categories":[{"id":5,"name":"pit"}]}
        """;

    /// <summary>Annotations that come first tell the format, and the images behind them are not read.</summary>
    [TestMethod]
    [DataRow("""{"annotations":[{"image_id":1,"segmentation":[]}],"images":[""", "coco")]
    [DataRow("""{"annotations":[{"image_id":1,"segments_info":[]}],"images":[""", "coco-panoptic")]
    [DataRow("""{"images":[{"id":1,"file_name":"a"},{"id":2}],"annotations":[{"image_id":1}""", "coco")]
    [DataRow("""{"images":[],"annotations":[],"categories":[]}""", "coco")]
    [DataRow("""{"images":[1],"annotations":[{"image_id":1}]}""", null)]
    [DataRow("""[{"id":1,"data":{}}]""", "label-studio")]
    [DataRow("""[{"id":1,"image":"a.png","label":[],"annotation_id":3}]""", "label-studio")]
    [DataRow("""[{"id":1}]""", null)]
    [DataRow(Via, "via")]
    [DataRow("""{"_via_settings":{},"_via_img_metadata":{}}""", "via")]
    [DataRow("""{"shapes":[],"imagePath":"a.png"}""", "labelme")]
    [DataRow("""{"shapes":[]}""", null)]
    [DataRow("no JSON", null)]
    public void Fits_File_IsToldFromItsBeginning(string text, string? expected)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a.json", text);

        Assert.AreEqual(
            expected, AnnotationSearch.Find(folder["a.json"], AnnotationFormat.All)?.Format.Name);
    }

    [TestMethod]
    public void Read_OneFileInAFolder_IsIt()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("export/annotations/instances.json", Coco)
            .WithText("export/readme.json", "{}").WithImage("export/images/a.png", 4, 1)
            .WithImage("export/images/b.png", 4, 1).WithImage("export/images/c.png", 4, 1);

        Assert.AreSequenceEqual(["a", "b", "c"], folder.Open().Images.Select(image => image.Name));
    }

    [TestMethod]
    public void Read_SeveralFilesInAFolder_AsksForOne()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a/x.json", Coco).WithText("a/y.json", Via);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message;

        Assert.Contains("2 annotations", message);
        Assert.Contains("y.json", message);
    }

    [TestMethod]
    [DataRow(null, "one of coco, coco-panoptic")]
    [DataRow("coco", "expected coco.")]
    [DataRow("cityscapes-train-ids", "expected cityscapes-train-ids.")]
    public void Read_FolderOfNothing_SaysWhatIsExpected(string? format, string words)
    {
        using var folder = new AnnotationFolder();

        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => folder.Open(format: format)).Message);
    }

    /// <summary>Of what is damaged no format can be told: the place of the damage is what helps.</summary>
    [TestMethod]
    [DataRow("""{"annotations":[{"score":NaN,"image_id":1}]}""", "near byte")]
    [DataRow("""{"images":[{"id":1,"file_name":"a.p""", "near byte")]
    [DataRow("""{"some":"thing else"}""", "of no known format")]
    public void Read_DamagedJson_SaysWhere(string text, string words)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("set/a.json", text);

        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("set/a.json")).Message);
        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message);
    }

    [TestMethod]
    [DataRow("voc")]
    [DataRow("supervisely")]
    [DataRow("roboflow-masks")]
    public void Read_FileWhereTheFormatIsAFolder_SaysWhatIsExpected(string format)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a.json", "{}");

        Assert.Contains("no folder of this format", Assert.ThrowsExactly<DirectoryNotFoundException>(
            () => folder.Open("a.json", format)).Message);
    }

    [TestMethod]
    public void Read_ShapeWithoutALabel_IsNotCalledDamaged()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a.json", """{"shapes":[{}],"imagePath":"a.png"}""");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("a.json")).Message;

        Assert.Contains("a shape has no label", message);
        Assert.DoesNotContain("damaged", message);
    }

    [TestMethod]
    public void Read_MissingImages_AreAllNotedOrTheFirstIsAnError()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a.json", Coco).WithImage("b.png", 4, 1);
        List<string> missing = [];

        IAnnotationReader reader = AnnotationFormat.Read(folder["a.json"], null, null, missing);

        Assert.AreEqual("b", reader.Images.Single().Name);
        Assert.HasCount(2, missing);
        Assert.Contains("'a.png'", missing[0]);
        Assert.Contains("'c.png'", missing[1]);
        Assert.Contains("a.json", missing[1]);
        Assert.Contains("'a.png'", Assert.ThrowsExactly<FileNotFoundException>(() => folder.Open("a.json")).Message);
    }
}
