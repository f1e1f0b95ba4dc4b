namespace MLSegmentation.Tests;

[TestClass]
public sealed class CocoReaderTest
{
    /// <summary>The masks were painted by the C code of the COCO API.</summary>
    [TestMethod]
    public void Paint_SetOfTheCocoApi_IsItsMasksInEveryPixel()
    {
        string folder = SharedData.Require("annotations", "coco");
        IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(folder, "annotations.json"), null, null);

        Assert.AreSequenceEqual(["background", "scratch", "pit", "stain"], reader.ClassNames);
        Assert.HasCount(6, reader.Images);
        foreach (AnnotatedImage image in reader.Images)
        {
            uint[] expected = [.. LabelImageReader.Read(Path.Combine(folder, "masks", $"{image.Name}.png")).Values
                .Select(label => label + 1u)];
            CollectionAssert.AreEqual(expected, AnnotationMasks.Paint(reader, image).Keys, image.Name);
        }
    }

    /// <summary>A square of 2 by 2 with vertices on the borders of pixels, and run lengths by columns.</summary>
    [TestMethod]
    public void Read_PolygonAndRunLengths_AreTheirPixels() => Require(
        """
        {"id":1,"image_id":9,"category_id":5,"segmentation":[[1,1,3,1,3,3,1,3],[5,0,6,0,6,1,5,1]],"iscrowd":0},
        {"id":2,"image_id":9,"category_id":7,"segmentation":{"size":[4,6],"counts":[9,3,12]},"iscrowd":1}
        """,
        "000001",
        "012000",
        "012000",
        "002000");

    /// <summary>Some programs leave the outer list out.</summary>
    [TestMethod]
    public void Read_PolygonWithoutItsOuterList_IsOne() => Require(
        """{"id":1,"image_id":9,"category_id":5,"segmentation":[1,1,3,1,3,3,1,3]}""",
        "000000",
        "011000",
        "011000",
        "000000");

    [TestMethod]
    public void Read_CategoryNamedBackground_IsTheFirstClass()
    {
        using AnnotationFolder folder = Make("", """{"id":5,"name":"pit"},{"id":7,"name":"Background"}""");

        Assert.AreSequenceEqual(["Background", "pit"], folder.Open("a.json").ClassNames);
    }

    [TestMethod]
    public void Read_RoboflowsCategoryAboveAll_IsNoClass()
    {
        using AnnotationFolder folder = Make(
            "", """{"id":0,"name":"defects","supercategory":"none"},{"id":5,"name":"pit","supercategory":"defects"}""");

        Assert.AreSequenceEqual(["background", "pit"], folder.Open("a.json").ClassNames);
    }

    [TestMethod]
    public void Read_NothingToPaint_SaysWhy()
    {
        using AnnotationFolder folder = Make(
            """
            {"id":1,"image_id":9,"category_id":5,"bbox":[1,1,2,2]},
            {"id":2,"image_id":9,"category_id":5,"segmentation":[]},
            {"id":3,"image_id":9,"category_id":5,"segmentation":[[1,1,2,2]]}
            """);

        Assert.AreSequenceEqual(
            ["has no segmentation", "has an empty segmentation", "has a polygon of 2 points, expected at least 3"],
            AnnotationFolder.Faults(folder.Open("a.json")));
    }

    [TestMethod]
    [DataRow("""{"id":1,"image_id":9,"category_id":6,"segmentation":[[1,1,2,2,3,3]]}""", "annotation 1 of the category 6")]
    [DataRow("""{"id":1,"image_id":8,"category_id":5,"segmentation":[[1,1,2,2,3,3]]}""", "the image 8")]
    [DataRow("""{"id":1,"category_id":5,"segmentation":[[1,1,2,2,3,3]]}""", "no image_id")]
    [DataRow("""{"id":1,"image_id":9,"category_id":5,"segmentation":[[1,1,2,2,3]]}""", "annotation 1 has a polygon of 5 numbers")]
    [DataRow("""{"id":1,"image_id":9,"category_id":5,"segmentation":{"size":[4,6],"counts":[9,3]}}""", "sum to 12")]
    [DataRow("""{"id":1,"image_id":9,"category_id":5,"segmentation":{"size":[6,4],"counts":[24]}}""", "EXIF")]
    [DataRow("""{"id":1,"image_id":9,"category_id":5,"segmentation":{"size":[4,6],"counts":"~"}}""", "no number")]
    [DataRow("""{"id":1,"image_id":9,"category_id":5,"segmentation":"x"}""", "neither")]
    [DataRow("""{"id":1,""", "damaged")]
    public void Read_Damaged_SaysWhereAndWhat(string annotation, string words)
    {
        using AnnotationFolder folder = Make(annotation);

        var error = Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            IAnnotationReader reader = AnnotationFormat.Read(folder["a.json"], null, "coco");
            AnnotationMasks.Paint(reader, reader.Images.Single());
        });

        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    [DataRow(6, 4, 4, 6, "EXIF")]
    [DataRow(6, 4, 6, 5, "6x5")]
    public void Paint_SizeOfAnotherImage_IsAnError(int width, int height, int givenWidth, int givenHeight, string words)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", width, height).WithText(
            "a.json",
            $$"""
            {"images":[{"id":9,"file_name":"a.png","width":{{givenWidth}},"height":{{givenHeight}}}],
             "categories":[],"annotations":[]}
            """);
        IAnnotationReader reader = folder.Open("a.json");

        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message);
    }

    /// <summary>Red, green and blue are an id: 1, 256 and 65536.</summary>
    [TestMethod]
    public void Read_Panoptic_GoesByTheColoursOfSegments()
    {
        using AnnotationFolder folder = Panoptic("m.png", """{"id":1,"category_id":7},{"id":65792,"category_id":5}""");

        AnnotationFolder.RequireMask(folder.Open("b.json"), "211.");
    }

    /// <summary>The photograph beside the file goes by the same name as the PNG.</summary>
    [TestMethod]
    public void Read_PanopticPngNamedAsItsPhotograph_IsThatOfTheNamedFolder()
    {
        using AnnotationFolder folder = Panoptic("a.png", """{"id":1,"category_id":7},{"id":65792,"category_id":5}""");

        AnnotationFolder.RequireMask(folder.Open("b.json"), "211.");
    }

    [TestMethod]
    public void Read_PanopticSegmentWithoutInfo_IsAnErrorThatNamesIt()
    {
        using AnnotationFolder folder = Panoptic("m.png", """{"id":1,"category_id":7}""");

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationFolder.Faults(folder.Open("b.json"))).Message;

        Assert.Contains("m.png", message);
        Assert.Contains("65792", message);
    }

    [TestMethod]
    public void Read_TwoEntriesOfOneFile_AreAnErrorThatNamesBoth()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
            "a.json",
            """
            {"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"/home/me/a.png"}],"categories":[],"annotations":[]}
            """);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("a.json")).Message;

        Assert.Contains("'a.png'", message);
        Assert.Contains("'/home/me/a.png'", message);
    }

    /// <summary>Names are those of the files, with a slash between folders.</summary>
    [TestMethod]
    [DataRow("im/x.png", @"im\\x.png", "im/x")]
    [DataRow("images/im/x.png", "im/x.png", "im/x")]
    [DataRow("images/x.png", "/home/me/x.png", "x")]
    [DataRow("images/x.png", @"C:\\photos\\x.png", "x")]
    public void Open_FileName_GivesTheNameOfTheFileThatWasFound(string file, string entry, string name)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage(file, 6, 4).WithText(
            "a.json", $$"""{"images":[{"id":1,"file_name":"{{entry}}"}],"categories":[],"annotations":[]}""");

        Assert.AreEqual(name, folder.Open("a.json").Images.Single().Name);
    }

    /// <summary>What one image has wrong is noted, and the others are read.</summary>
    [TestMethod]
    public void Open_ImagesTwiceAndOutside_AreNoted()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
            "a.json",
            """
            {"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"/home/a.png"},{"id":3,"file_name":"../../b.png"}],
             "categories":[],"annotations":[]}
            """);
        List<string> faults = [];

        Assert.AreEqual("a", AnnotationFormat.Read(folder["a.json"], null, null, faults).Images.Single().Name);
        Assert.HasCount(2, faults);
        Assert.Contains("annotated twice", faults[0]);
        Assert.Contains("outside of the folder", faults[1]);
    }

    /// <summary>2^53 + 1 is no number of a double.</summary>
    [TestMethod]
    public void Read_IdsOfSixtyFourBits_AreTheirOwn()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 2, 1).WithImage("b.png", 2, 1).WithText(
            "a.json",
            """
            {"images":[{"id":9007199254740993,"file_name":"a.png"},{"id":9007199254740992,"file_name":"b.png"}],
             "annotations":[{"id":1,"image_id":9007199254740993,"category_id":5,"segmentation":[[0,0,1,0,1,1,0,1]]}],
             "categories":[{"id":5,"name":"pit"}]}
            """);
        IAnnotationReader reader = folder.Open("a.json");

        Assert.AreEqual(1, reader.Read(reader.Images[0]).Count());
        Assert.AreEqual(0, reader.Read(reader.Images[1]).Count());
    }

    /// <summary>COCO-Stuff's file of a set is about the same images as that of its instances.</summary>
    [TestMethod]
    [DataRow("instances_val2017")]
    [DataRow("stuff_val2017")]
    public void Open_FileOfASet_FindsItsFolderOfImages(string file)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("val2017/x.png", 6, 4).WithText(
            $"annotations/{file}.json",
            """{"images":[{"id":1,"file_name":"x.png"}],"categories":[],"annotations":[]}""");

        Assert.AreEqual("x", folder.Open($"annotations/{file}.json").Images.Single().Name);
    }

    /// <summary>Numbers far beyond any image are cut, and take no time and no memory.</summary>
    [TestMethod]
    public void Paint_VerticesFarAway_FillsWhatIsWithin() => Require(
        """{"id":1,"image_id":9,"category_id":5,"segmentation":[[-1e300,-1e300,3,-1e300,3,1e300,-1e300,1e300]]}""",
        "111000",
        "111000",
        "111000",
        "111000");

    /// <summary>Pixels of the ids 1, 65792, 65792 and 0.</summary>
    private static AnnotationFolder Panoptic(string png, string segments)
    {
        AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 4, 1).WithText(
            "b.json",
            $$"""
            {"images":[{"id":9,"file_name":"a.png","width":4,"height":1}],
             "annotations":[{"image_id":9,"file_name":"{{png}}","segments_info":[{{segments}}]}],
             "categories":[{"id":5,"name":"pit"},{"id":7,"name":"stain"}]}
            """);
        using var colours = Microsoft.ML.Data.MLImage.CreateFromPixels(
            4, 1, Microsoft.ML.Data.MLPixelFormat.Bgra32, [0, 0, 1, 255, 1, 1, 0, 255, 1, 1, 0, 255, 0, 0, 0, 255]);
        Directory.CreateDirectory(folder["b"]);
        PngWriter.WriteRgb(folder[$"b/{png}"], colours);
        return folder;
    }

    private static void Require(string annotations, params string[] rows)
    {
        using AnnotationFolder folder = Make(annotations);
        AnnotationFolder.RequireMask(folder.Open("a.json"), rows);
    }

    private static AnnotationFolder Make(
        string annotations, string categories = """{"id":7,"name":"stain"},{"id":5,"name":"pit"}""") =>
        new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
            "a.json",
            $$"""
            {"annotations":[{{annotations}}],"images":[{"id":9,"file_name":"a.png","width":6,"height":4}],
             "categories":[{{categories}}]}
            """);
}
