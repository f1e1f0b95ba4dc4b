namespace MLSegmentation.Tests;

/// <summary>The formats that are folders of plain files: masks, VOC and YOLO.</summary>
[TestClass]
public sealed class FolderWritersTest
{
    private static readonly AnnotationWriterOptions _options =
        new() { Classes = WrittenClasses.Of(["background", "pit", "3 stains"]), Tolerance = 0 };

    [TestMethod]
    public void Masks_Folder_HasIndicesAndTheFileOfClasses()
    {
        using var folder = new WrittenFolder();

        string path = folder.Write("masks", _options, folder.Predicted("01.", "002"));

        Assert.AreSequenceEqual(
            new ushort[] { 0, 1, 255, 0, 0, 2 }, LabelImageReader.Read(Path.Combine(path, "a 1.png")).Values);
        Assert.AreSequenceEqual(
            ["0 background #000000", "1 pit #800000", "2 3 stains #008000"],
            File.ReadAllLines(Path.Combine(path, "classes.txt")));
    }

    [TestMethod]
    public void Voc_Folder_HasIndicesNamesAndImages()
    {
        using var folder = new WrittenFolder();

        string path = folder.Write("voc", _options, folder.Predicted("01.", "002"));

        Assert.AreSequenceEqual(
            new ushort[] { 0, 1, 255, 0, 0, 2 },
            LabelImageReader.Read(Path.Combine(path, "SegmentationClass", "a 1.png")).Values);
        Assert.AreSequenceEqual(["background", "pit", "3 stains"], File.ReadAllLines(Path.Combine(path, "class_names.txt")));
        Assert.AreSequenceEqual(
            ["a 1"], File.ReadAllLines(Path.Combine(path, "ImageSets", "Segmentation", "trainval.txt")));
        Assert.AreSequenceEqual(
            File.ReadAllBytes(folder["images/a 1.png"]), File.ReadAllBytes(Path.Combine(path, "JPEGImages", "a 1.png")));
    }

    [TestMethod]
    public void Voc_MoreClassesThanAByteHolds_IsRefused()
    {
        using var folder = new WrittenFolder();
        var options = new AnnotationWriterOptions
        {
            Classes = new WrittenClasses([.. Enumerable.Range(0, 256).Select(index => $"class {index}")], HasBackground: true),
        };

        var error = Assert.ThrowsExactly<InvalidDataException>(() => folder.Write("voc", options));

        Assert.Contains("256 classes, but the masks of VOC have 255 at most", error.Message);
    }

    [TestMethod]
    public void Yolo_Folder_HasPartsOfTheSizeAndImages()
    {
        using var folder = new WrittenFolder();

        string path = folder.Write("yolo", _options, folder.Predicted("0000", "0220", "0220", "0000"));

        Assert.AreEqual(
            "1 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75\n", File.ReadAllText(Path.Combine(path, "labels", "a 1.txt")));
        Assert.AreEqual(
            "path: .\ntrain: images\nval: images\nnames:\n  0: 'pit'\n  1: '3 stains'\n",
            File.ReadAllText(Path.Combine(path, "data.yaml")));
        Assert.IsTrue(File.Exists(Path.Combine(path, "images", "a 1.png")));
    }

    [TestMethod]
    [DataRow("masks", "pit\nhole")]
    [DataRow("yolo", "pit\u0085hole")]
    [DataRow("voc", " pit")]
    public void Begin_NameThatIsNoLine_IsRefused(string format, string name)
    {
        using var folder = new WrittenFolder();

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => folder.Write(format, _options with { Classes = WrittenClasses.Of(["background", name]) }));

        Assert.Contains("cannot be a line of a file", error.Message);
    }

    [TestMethod]
    public void Begin_NameThatIsThereTwice_IsRefused()
    {
        using var folder = new WrittenFolder();

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => folder.Write("masks", _options with { Classes = WrittenClasses.Of(["background", "pit", "pit"]) }));

        Assert.Contains("two classes 'pit'", error.Message);
    }

    [TestMethod]
    [DataRow("masks")]
    [DataRow("labelme")]
    [DataRow("yolo")]
    [DataRow("voc")]
    public void Add_NameThatLeadsOutOfTheFolder_IsRefused(string format)
    {
        using var folder = new WrittenFolder();
        LabelledImage image = folder.Image([1, 2], 2) with { File = "../a.png" };

        var error = Assert.ThrowsExactly<InvalidDataException>(() => folder.Write(format, _options, image));

        Assert.Contains("outside of the folder of images", error.Message);
    }
}
