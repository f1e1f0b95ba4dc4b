namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelStudioReaderTest
{
    [TestMethod]
    public void Read_PolygonAndTurnedRectangle_ArePerCentOfTheImage() => Require(
        // A rectangle of 4 by 2 pixels that is turned by a quarter around its corner (6, 0) reaches down and to the left of it.
        Result("polygonlabels", """ "points":[[0,0],[50,0],[50,50],[0,50]],"polygonlabels":["pit"] """)
        + "," + Result("rectanglelabels", """ "x":75,"y":0,"width":50,"height":50,"rotation":90,"rectanglelabels":["stain"] """),
        "11112200",
        "11112200",
        "00002200",
        "00002200");

    [TestMethod]
    public void Read_Ellipse_IsPerCentOfTheImage() => Require(
        Result("ellipselabels", """ "x":50,"y":50,"radiusX":25,"radiusY":50,"rotation":0,"ellipselabels":["pit"] """)
        + "," + Result("choices", """ "choices":["good"] """)
        + "," + Result("keypointlabels", """ "x":1,"y":1,"keypointlabels":["stain"] """),
        "00011000",
        "00111100",
        "00111100",
        "00011000");

    /// <summary>A shape and a label that are controls of their own are two results, one of which has both.</summary>
    [TestMethod]
    public void Read_LabelsOfTheirOwn_BelongToTheShapeBesideThem() => Require(
        Result("rectangle", """ "x":0,"y":0,"width":50,"height":50,"rotation":0 """)
        + "," + Result("labels", """ "x":0,"y":0,"width":50,"height":50,"rotation":0,"labels":["pit"] """),
        ["background", "pit"],
        "11110000",
        "11110000",
        "00000000",
        "00000000");

    /// <summary>
    /// 128 values of 8 bits; lengths have 2, 4, 8 and 8 bits. 12 zeros in a run, then 8 times 255 as single values (3 and 5),
    /// then the rest zero: pixels 3 and 4 are inside.
    /// </summary>
    [TestMethod]
    public void Read_Brush_HasThePixelsOfItsAlpha()
    {
        string bits = Bits(128, 32) + Bits(7, 5) + Bits(1, 4) + Bits(3, 4) + Bits(7, 4) + Bits(7, 4)
            + "1" + Bits(1, 2) + Bits(11, 4) + Bits(0, 8)
            + "0" + Bits(0, 2) + Bits(2, 2) + string.Concat(Enumerable.Repeat(Bits(255, 8), 3))
            + "1" + Bits(1, 2) + Bits(4, 4) + Bits(255, 8)
            + "1" + Bits(2, 2) + Bits(107, 8) + Bits(0, 8);
        string bytes = string.Join(',', bits.Chunk(8).Select(one => Convert.ToInt32(new string(one).PadRight(8, '0'), 2)));

        Require(
            Result("brushlabels", $$""" "format":"rle","rle":[{{bytes}}],"brushlabels":["pit"] """),
            ["background", "pit"],
            "00011000",
            "00000000",
            "00000000",
            "00000000");
    }

    [TestMethod]
    public void Read_TruthAndCancelled_TakesTheOneThatCounts()
    {
        string first = Result("rectanglelabels", """ "x":0,"y":0,"width":100,"height":100,"rectanglelabels":["pit"] """),
            truth = Result("rectanglelabels", """ "x":0,"y":0,"width":50,"height":100,"rectanglelabels":["pit"] """);
        using AnnotationFolder folder = Make(
            "{\"was_cancelled\":true,\"result\":[]},"
            + $"{{\"result\":[{first}]}},{{\"ground_truth\":true,\"result\":[{truth}]}}");

        AnnotationFolder.RequireMask(folder.Open("tasks.json"), "11110000", "11110000", "11110000", "11110000");
    }

    [TestMethod]
    public void Read_Predictions_CountInAFileWithoutAnyAnnotation()
    {
        string half = Result("rectanglelabels", """ "x":0,"y":0,"width":50,"height":100,"rectanglelabels":["pit"] """);
        string predicted = $$"""{ "data": { "image": "a b.png" }, "predictions": [{ "result": [{{half}}] }] }""",
            annotated = $$"""{ "data": { "image": "c.png" }, "annotations": [{ "result": [] }] }""";
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a b.png", 8, 4).WithImage("c.png", 8, 4)
            .WithText("all.json", $"[{predicted}]").WithText("some.json", $"[{predicted}, {annotated}]");

        AnnotationFolder.RequireMask(folder.Open("all.json"), "11110000", "11110000", "11110000", "11110000");
        AnnotationFolder.RequireMask(folder.Open("some.json"), "00000000", "00000000", "00000000", "00000000");
    }

    [TestMethod]
    [DataRow("""{"type":"polygonlabels","value":{"polygonlabels":["pit"]}}""", "result 1 of task 1 has no original_width")]
    [DataRow("""{"value":{"x":"a"}}""", "no number")]
    [DataRow("""{"value":""", "damaged")]
    public void Open_Damaged_SaysWhereAndWhat(string result, string words)
    {
        using AnnotationFolder folder = Make($"{{\"result\":[{result}]}}");

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationFormat.Read(folder["tasks.json"], null, "label-studio")).Message;

        Assert.Contains(words, message);
        Assert.Contains("tasks.json", message);
    }

    [TestMethod]
    public void Read_BrushThatIsCutOff_NamesTheImageAndTheResult()
    {
        using AnnotationFolder folder = Make(
            $"{{\"result\":[{Result("brushlabels", """ "rle":[0,0,0,128,57],"brushlabels":["pit"] """)}]}}");
        IAnnotationReader reader = folder.Open("tasks.json");

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message;

        Assert.Contains("result 1 of task 1 has run lengths of a brush that are cut off", message);
        Assert.Contains("a b.png", message);
    }

    /// <summary>JSON-MIN has a record for each annotation, without its type; of one image the newest counts.</summary>
    [TestMethod]
    public void Read_ShortExport_TakesTheNewestRecord()
    {
        const string Size = """ "original_width":8,"original_height":4 """;
        string older = $"\"tag\":[{{{Size},\"x\":0,\"y\":0,\"width\":100,\"height\":100,\"rectanglelabels\":[\"stain\"]}}]",
            newer = $"\"tag\":[{{{Size},\"points\":[[0,0],[50,0],[50,50],[0,50]],\"polygonlabels\":[\"pit\"]}}],"
                + "\"mood\":[\"a\",\"b\"]",
            image = "\"id\":1,\"image\":\"/data/upload/1/0a1b2c3d-a.png\"";
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 8, 4).WithText(
            "tasks.json",
            $"[{{{image},{newer},\"annotation_id\":7,\"created_at\":\"2024-05-02T08:00:00Z\"}},"
            + $"{{{image},{older},\"annotation_id\":5,\"created_at\":\"2024-05-01T08:00:00Z\"}}]");

        AnnotationFolder.RequireMask(folder.Open("tasks.json"), "11110000", "11110000", "00000000", "00000000");
    }

    [TestMethod]
    [DataRow("/data/local-files/?d=set%20one/a.png", "set one/a.png")]
    [DataRow("/storage-data/uploaded/?filepath=upload/1/0a1b2c3d-a.png", "a.png")]
    [DataRow("s3://bucket/set/a.png?token=x", "a.png")]
    public void Open_AddressOfAnImage_IsItsFile(string address, string image)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage(image, 8, 4).WithText(
            "tasks.json", $"[{{\"id\":1,\"data\":{{\"image\":\"{address}\"}},\"annotations\":[{{\"result\":[]}}]}}]");

        Assert.AreEqual(
            Path.GetFullPath(folder[image]), Path.GetFullPath(folder.Open("tasks.json").Images.Single().Path));
    }

    /// <summary>Pixels in place of per cent would cover the whole image.</summary>
    [TestMethod]
    [DataRow("rectanglelabels", """ "x":0,"y":0,"width":400,"height":50,"rotation":0,"rectanglelabels":["pit"] """, "400")]
    [DataRow("polygonlabels", """ "points":[[0,0],[50,-2],[50,50]],"polygonlabels":["pit"] """, "-2")]
    [DataRow("ellipselabels", """ "x":150,"y":5,"radiusX":2,"radiusY":2,"rotation":0,"ellipselabels":["pit"] """, "150")]
    public void Paint_CoordinatesBeyondTheImage_IsAnErrorThatNamesTheResult(string kind, string value, string number)
    {
        using AnnotationFolder folder = Make($"{{\"id\":4,\"result\":[{Result(kind, value)}]}}");
        IAnnotationReader reader = folder.Open("tasks.json");

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message;

        Assert.Contains($"result 1 of task 1 has the coordinate {number}, expected 0 to 100", message);
    }

    [TestMethod]
    public void Open_Upload_GivesTheNameOfTheFile()
    {
        using AnnotationFolder folder = Make("""{"id":4,"result":[]}""");

        Assert.AreEqual("a b", folder.Open("tasks.json").Images.Single().Name);
    }

    private static string Bits(int value, int count) => Convert.ToString(value, 2).PadLeft(count, '0');

    private static string Result(string kind, string value) =>
        $"{{\"type\":\"{kind}\",\"original_width\":8,\"original_height\":4,\"image_rotation\":0,\"value\":{{{value}}}}}";

    private static void Require(string results, params string[] rows) => Require(results, ["background", "pit", "stain"], rows);

    private static void Require(string results, string[] classes, params string[] rows)
    {
        using AnnotationFolder folder = Make($"{{\"id\":4,\"was_cancelled\":false,\"result\":[{results}]}}");
        IAnnotationReader reader = folder.Open("tasks.json");
        Assert.AreSequenceEqual(classes, reader.ClassNames);
        AnnotationFolder.RequireMask(reader, rows);
    }

    private static AnnotationFolder Make(string annotations) => new AnnotationFolder().WithImage("images/a b.png", 8, 4).WithText(
        "tasks.json",
        $"[{{\"id\":1,\"data\":{{\"image\":\"/data/upload/1/0a1b2c3d-a%20b.png\"}},\"annotations\":[{annotations}]}}]");
}
