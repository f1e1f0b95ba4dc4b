using System.IO.Compression;
using System.Text;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class AnnotationArchiveTest
{
    private const string Cvat = """
        <annotations><image id="0" name="a.png" width="4" height="1">
        <box label="pit" xtl="1" ytl="0" xbr="3" ybr="1"/></image></annotations>
        """;

    [TestMethod]
    public void Read_ZipWithImages_IsAsItsFolder()
    {
        using AnnotationFolder inside = new AnnotationFolder().WithText("annotations.xml", Cvat).WithImage("images/a.png", 4, 1);
        using AnnotationFolder folder = Zip(inside);

        AnnotationFolder.RequireMask(folder.Open("export.zip"), "0110");
    }

    [TestMethod]
    public void Read_ZipWithoutImages_FindsThemBesideIt()
    {
        using AnnotationFolder inside = new AnnotationFolder().WithText("annotations.xml", Cvat);
        using AnnotationFolder folder = Zip(inside).WithImage("images/a.png", 4, 1);

        AnnotationFolder.RequireMask(folder.Open("export.zip"), "0110");
    }

    /// <summary>CVAT's "Segmentation mask 1.1".</summary>
    [TestMethod]
    public void Read_ZipOfMasks_IsReadByItsColours()
    {
        using AnnotationFolder inside = new AnnotationFolder().WithGray("job/SegmentationClass/a.png", 4, [0, 1, 1, 0])
            .WithText("job/labelmap.txt", "# label:color_rgb:parts:actions\nbackground:0,0,0::\npit:128,0,0::\n")
            .WithText("__MACOSX/job/._labelmap.txt", "x");
        using AnnotationFolder folder = Zip(inside).WithImage("a.png", 4, 1);

        AnnotationFolder.RequireMask(folder.Open("export.zip"), "0110");
    }

    [TestMethod]
    public void Unpack_SameZip_IsUnpackedOnceAndAnewWhereItChanged()
    {
        using AnnotationFolder folder = Zip(("a.json", "{}"));
        string first = AnnotationArchive.Unpack(folder["export.zip"]), second = AnnotationArchive.Unpack(folder["export.zip"]);
        Write(folder["export.zip"], [("a.json", "{\"b\": 1}")]);

        Assert.AreEqual(first, second);
        Assert.AreNotEqual(first, AnnotationArchive.Unpack(folder["export.zip"]));
    }

    [TestMethod]
    public void Unpack_OtherFiles_AreLeftOut()
    {
        using AnnotationFolder folder = Zip(("a.json", "{}"), ("run.exe", "x"), (".hidden/a.json", "{}"));

        Assert.AreSequenceEqual(
            ["a.json"], Directory.GetFiles(AnnotationArchive.Unpack(folder["export.zip"])).Select(Path.GetFileName));
    }

    [TestMethod]
    [DataRow("../a.json")]
    [DataRow("b/../../a.json")]
    [DataRow("..\\a.json")]
    [DataRow("/elsewhere/a.json")]
    public void Unpack_NameThatLeadsOut_IsAnErrorAndWritesNothing(string name)
    {
        using AnnotationFolder folder = Zip(("b.json", "{}"), (name, "{}"));

        Assert.Contains(
            "leads out", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("export.zip")).Message);
    }

    [TestMethod]
    public void Unpack_FileAndFolderOfOneName_IsAnErrorThatNamesIt()
    {
        using AnnotationFolder folder = Zip(("c.json", "{}"), ("c.json/b.json", "{}"));

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("export.zip")).Message;

        Assert.Contains("'c.json/b.json'", message);
    }

    [TestMethod]
    public void Unpack_FarLargerThanItsSize_IsAnError()
    {
        using AnnotationFolder folder = Zip(("a.json", new string(' ', 100 << 20)));

        Assert.Contains("unpacks to more", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("export.zip")).Message);
    }

    [TestMethod]
    public void Unpack_CutOff_IsAnError()
    {
        using AnnotationFolder folder = Zip(("a.json", "{}"));
        File.WriteAllBytes(folder["export.zip"], File.ReadAllBytes(folder["export.zip"])[..^30]);

        Assert.Contains("is damaged", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("export.zip")).Message);
    }

    private static AnnotationFolder Zip(AnnotationFolder content)
    {
        var folder = new AnnotationFolder();
        ZipFile.CreateFromDirectory(content.Path, folder["export.zip"]);
        return folder;
    }

    private static AnnotationFolder Zip(params (string Name, string Text)[] entries)
    {
        var folder = new AnnotationFolder();
        Write(folder["export.zip"], entries);
        return folder;
    }

    private static void Write(string path, (string Name, string Text)[] entries)
    {
        using FileStream file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using Stream entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
