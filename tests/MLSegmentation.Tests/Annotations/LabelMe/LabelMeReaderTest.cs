namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelMeReaderTest
{
    private const int Ignored = 255;

    /// <summary>The masks were made by LabelMe, with Pillow.</summary>
    [TestMethod]
    public void Paint_LabelMesOwnExamples_AreItsMasksButForAPixelOrTwo()
    {
        string folder = SharedData.Require("annotations", "labelme");
        string[] names = File.ReadAllLines(Path.Combine(folder, "data_dataset_voc", "class_names.txt"));
        IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(folder, "data_annotated"), null, null);

        Assert.HasCount(3, reader.Images);
        foreach (AnnotatedImage image in reader.Images)
        {
            LabelImage expected = LabelImageReader.Read(
                Path.Combine(folder, "data_dataset_voc", "SegmentationClass", $"{image.Name}.png"));
            uint[] mask = AnnotationMasks.Paint(reader, image).Keys;
            int different = mask.Zip(expected.Values).Count(pixel => ValueOf(pixel.First) != pixel.Second);
            Assert.IsLessThan(3, different, image.Name);
        }

        int ValueOf(uint key) => key switch
        {
            0 => Ignored,
            1 => 0,
            _ => Array.IndexOf(names, reader.ClassNames[(int)key - 1]),
        };
    }

    /// <summary>Corners of a rectangle are pixels that belong to it.</summary>
    [TestMethod]
    public void Read_Ignored_IsNoClassAndCoversWhatIsBelow()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 4, 2).WithText(
            "a.json", Json("a.png", Rectangle("pit", 0, 0, 2, 1), Rectangle("__ignore__", 2, 0, 3, 0)));
        IAnnotationReader reader = folder.Open("a.json");

        Assert.AreSequenceEqual(["background", "pit"], reader.ClassNames);
        AnnotationFolder.RequireMask(reader, "11..", "1110");
    }

    [TestMethod]
    public void Read_FolderWithFilesOfSomethingElse_PassesThemOver()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("0.json", "[1, 2]").WithText("1.json", "{\"a\": 1}")
            .WithImage("b.png", 4, 2).WithText("b.json", Json("b.png", Rectangle("pit", 0, 0, 0, 0)));

        AnnotationFolder.RequireMask(folder.Open(), "1000", "0000");
    }

    [TestMethod]
    public void Open_DamagedFileInAFolder_NamesTheFile()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("0.json", "{\"shapes\": [").WithImage("b.png", 4, 2)
            .WithText("b.json", Json("b.png"));

        List<string> faults = [];

        Assert.Contains("0.json", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message);
        Assert.AreEqual("b", AnnotationFormat.Read(folder.Path, null, null, faults).Images.Single().Name);
        Assert.Contains("0.json", faults.Single());
    }

    /// <summary>Image paths are from the file on, in the way of Windows too.</summary>
    [TestMethod]
    [DataRow("part/a.json", "a.png", "part/a.png", "part/a")]
    [DataRow("part/a.json", "..\\\\images\\\\a.png", "images/a.png", "images/a")]
    [DataRow("a.json", "../../photos/a.png", "images/a.png", "a")]
    [DataRow("a.json", "D:\\\\photos\\\\a.png", "images/a.png", "a")]
    public void Open_ImagePath_IsFoundFromItsFile(string file, string imagePath, string image, string name)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage(image, 4, 2).WithText(file, Json(imagePath));

        AnnotatedImage found = folder.Open().Images.Single();

        Assert.AreEqual((name, Path.GetFullPath(folder[image])), (found.Name, Path.GetFullPath(found.Path)));
    }

    /// <summary>An image of the same name elsewhere is another.</summary>
    [TestMethod]
    public void Open_ImageOfAnotherFolder_IsMissing()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 4, 2).WithText("part/a.json", Json("a.png"));

        Assert.Contains("a.png", Assert.ThrowsExactly<FileNotFoundException>(() => folder.Open()).Message);
    }

    [TestMethod]
    public void Open_ImagePathOfNoFile_IsAnError()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("a.json", Json("../.."));

        Assert.Contains("names no file", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("a.json")).Message);
    }

    /// <summary>The file's own image takes the place of one that is not there, and of none that is.</summary>
    [TestMethod]
    public void Open_ImageWithinTheFile_IsUsedWhereTheOtherIsMissing()
    {
        byte[] inside = TestPng.Build(4, 2, 8, 0, new ushort[8]);
        using AnnotationFolder folder = new AnnotationFolder().WithImage("b.png", 4, 2)
            .WithText("x.json", Json("../gone/a.png", inside, Rectangle("pit", 0, 0, 0, 0)))
            .WithText("b.json", Json("b.png", inside));

        IAnnotationReader reader = folder.Open();

        AnnotatedImage within = reader.Images[1];
        Assert.AreEqual("x", within.Name);
        Assert.AreEqual("x.png", Path.GetFileName(within.Path));
        Assert.AreSequenceEqual(inside, File.ReadAllBytes(within.Path));
        Assert.AreEqual(2u, AnnotationMasks.Paint(reader, within).Keys[0]);
        Assert.AreEqual(Path.GetFullPath(folder["b.png"]), Path.GetFullPath(reader.Images[0].Path));
    }

    [TestMethod]
    public void Open_TwoFilesOfOneImage_AreAnErrorThatNamesBoth()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 4, 2)
            .WithText("x.json", Json("a.png")).WithText("y.json", Json("a.png"));

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message;

        Assert.Contains("x.json", message);
        Assert.Contains("y.json", message);
    }

    [TestMethod]
    [DataRow("no", "base64")]
    [DataRow("AAAA", "no image")]
    public void Open_ImageWithinTheFileThatIsNone_SaysSo(string data, string words)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText(
            "a.json", $"{{\"shapes\":[],\"imagePath\":\"a.png\",\"imageData\":\"{data}\"}}");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("a.json")).Message;

        Assert.Contains(words, message);
        Assert.Contains("a.json", message);
    }

    /// <summary>LabelMe shows a photograph of orientation 6 upright, and so are its sizes and points.</summary>
    [TestMethod]
    public void Paint_PhotographTurnedByItsExif_IsUpright()
    {
        byte[] turned = TestJpeg.WithSegments(
            TestJpeg.Gray(16, 8, new byte[2]), (0xE1, [.. "Exif\0\0"u8, .. ImageDecoderTest.Tiff(6, bigEndian: false)]));
        using AnnotationFolder folder = new AnnotationFolder().WithFile("a.jpg", turned).WithText(
            "a.json",
            $$"""
            {"shapes":[{{Rectangle("pit", 0, 0, 7, 0)}}],"imagePath":"a.jpg","imageData":null,"imageWidth":8,"imageHeight":16}
            """);

        AnnotationFolder.RequireMask(
            folder.Open("a.json"), ["11111111", .. Enumerable.Repeat("00000000", 15)]);
    }

    private static string Rectangle(string label, int left, int top, int right, int bottom) =>
        $"{{\"label\":\"{label}\",\"shape_type\":\"rectangle\",\"points\":[[{left},{top}],[{right},{bottom}]]}}";

    private static string Json(string image, params string[] shapes) => Json(image, null, shapes);

    private static string Json(string image, byte[]? data, params string[] shapes) =>
        $"{{\"version\":\"5.8.1\",\"shapes\":[{string.Join(',', shapes)}],\"imagePath\":\"{image}\","
        + $"\"imageData\":{(data is null ? "null" : $"\"{Convert.ToBase64String(data)}\"")}}}";
}
