using System.Text.Json;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class ConvertTest
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>Real photographs with polygons and both kinds of run lengths.</summary>
    [TestMethod]
    [DataRow("coco", "annotations.json")]
    [DataRow("cvat", "annotations.xml")]
    public void Run_CocoSet_ComesBackExactly(string format, string file)
    {
        string set = SharedData.Require("annotations", "coco"), images = Path.Combine(set, "images");

        JsonElement first = Convert(Path.Combine(set, "annotations.json"), "masks", "masks", "--images", images, "--json").Json();
        Convert(_folder["masks"], format, file, "--images", images).RequireDone();
        Convert(_folder[file], "masks", "again", "--images", images).RequireDone();

        Assert.AreEqual(6, first.GetProperty("images").GetInt32());
        Assert.AreEqual(0, first.GetProperty("lostPixels").GetInt64());
        foreach (string mask in Directory.GetFiles(Path.Combine(set, "masks")))
        {
            string name = Path.GetFileName(mask);
            ushort[] expected = LabelImageReader.Read(mask).Values;
            Assert.AreSequenceEqual(expected, LabelImageReader.Read(_folder["masks", name]).Values, name);
            Assert.AreSequenceEqual(expected, LabelImageReader.Read(_folder["again", name]).Values, name);
        }
    }

    /// <summary>Of four pixels one is ignored and one is a pit on a point; LabelMe's points have no area.</summary>
    [TestMethod]
    public void Run_LabelsThatHaveNoPlace_AreCounted()
    {
        Directory.CreateDirectory(_folder.Images);
        PngWriter.WriteGray(_folder["images", "a.png"], new byte[4], 4, 1);
        File.WriteAllText(
            _folder["images", "a.json"],
            """
            {"imagePath":"a.png","imageData":null,"shapes":[
              {"label":"pit","shape_type":"rectangle","points":[[0,0],[1,0]]},
              {"label":"pit","shape_type":"point","points":[[0,0]]},
              {"label":"__ignore__","shape_type":"rectangle","points":[[1,0],[2,0]]}]}
            """);

        JsonElement report = Convert(_folder.Images, "coco", "out.json", "--json").Json();

        Assert.AreEqual(3, report.GetProperty("regionsRead").GetInt32());
        Assert.AreEqual(1, report.GetProperty("regionsWithoutArea").GetInt32());
        Assert.AreEqual(1, report.GetProperty("coveredPixels").GetInt32());
        Assert.AreEqual(1, report.GetProperty("regionsWritten").GetInt32());
        Assert.AreEqual(2, report.GetProperty("lostPixels").GetInt32());
        MlsegResult told = Convert(_folder.Images, "cvat", "out.xml");
        told.RequireDone();
        Assert.Contains("Converted 1 image with 3 regions to cvat: wrote 1 connected region to ", told.Output);
        Assert.Contains(
            "2 pixels to ignore became background: cvat has no place for them. masks, labelme, voc have.", told.Output);
    }

    /// <summary>Masks whose classes and value to ignore are not in a file of the tool's own.</summary>
    [TestMethod]
    public void Run_MasksFromElsewhere_AreReadByTheFileOfClasses()
    {
        Directory.CreateDirectory(_folder.Images);
        Directory.CreateDirectory(_folder.Masks);
        PngWriter.WriteGray(_folder["images", "a.png"], new byte[4], 4, 1);
        PngWriter.WriteGray(_folder["masks", "a.png"], [0, 7, 9, 0], 4, 1);
        string classes = _folder.Write("names.txt", "0 background", "7 pit", "9 void");

        Convert(_folder.Masks, "voc", "out", "--images", _folder.Images, "--classes", classes, "--ignore", "9").RequireDone();

        Assert.AreSequenceEqual(["background", "pit"], File.ReadAllLines(_folder["out", "class_names.txt"]));
        Assert.AreSequenceEqual(
            new ushort[] { 0, 1, 255, 0 }, LabelImageReader.Read(_folder["out", "SegmentationClass", "a.png"]).Values);
    }

    /// <summary>The last of 256 classes has the number that masks of fewer have no class for.</summary>
    [TestMethod]
    public void Run_MasksOf256Classes_KeepTheLast()
    {
        Directory.CreateDirectory(_folder.Images);
        PngWriter.WriteGray(_folder["images", "a.png"], new byte[3], 3, 1);
        string[] names = ["background", .. Enumerable.Range(1, 255).Select(index => $"#{index}")];
        var options = new AnnotationWriterOptions { Classes = WrittenClasses.Of(names) };
        using (IAnnotationWriter writer = WrittenFormat.All.Single(one => one.Name == "masks").Begin(_folder.Masks, options, []))
        {
            writer.Add(new LabelledImage("a.png", _folder["images", "a.png"], [0, 256, 2], 3, 1));
            writer.Complete();
        }

        Convert(_folder.Masks, "masks", "again", "--images", _folder.Images).RequireDone();

        Assert.AreSequenceEqual(
            File.ReadAllLines(_folder["masks", "classes.txt"]), File.ReadAllLines(_folder["again", "classes.txt"]));
        Assert.AreSequenceEqual(
            new ushort[] { 65535, 255, 1 }, LabelImageReader.Read(_folder["again", "a.png"]).Values);
    }

    /// <summary>An image that is none, behind one that is written first.</summary>
    [TestMethod]
    public void Run_ThatFails_CanBeRunAgain()
    {
        WriteCoco("annotations.json", "a.png", "b.png");
        File.WriteAllText(_folder["images", "b.png"], "no image");

        MlsegResult failed = Convert(_folder["annotations.json"], "voc", "out");
        bool leaves = Directory.Exists(_folder["out"]);
        PngWriter.WriteGray(_folder["images", "b.png"], new byte[4], 4, 1);

        failed.RequireError(1, "b.png' cannot be read");
        Assert.IsFalse(leaves);
        Convert(_folder["annotations.json"], "voc", "out").RequireDone();
    }

    [TestMethod]
    public void Run_AnnotationsDeepInAFolder_AreNotTakenForMasks()
    {
        WriteCoco("set/train/_annotations.coco.json", "a.png");

        Convert(_folder["set"], "cvat", "out.xml", "--images", _folder.Images).RequireDone();

        Assert.Contains("<image id=\"0\" name=\"a.png\"", File.ReadAllText(_folder["out.xml"]));
    }

    [TestMethod]
    public void Run_OptionsOfMasksWithAnnotations_AreRefused()
    {
        WriteCoco("annotations.json", "a.png");
        string from = _folder["annotations.json"];

        Convert(from, "cvat", "out.xml", "--classes", "names.txt").RequireError(2, "'--classes' is for masks");
        Convert(from, "cvat", "out.xml", "--ignore", "255").RequireError(2, "'--ignore' is for masks");
    }

    [TestMethod]
    public void Run_ImageThatOnlyTheAnnotationsHave_IsSaidToBeLeft()
    {
        Directory.CreateDirectory(_folder["labelme"]);
        PngWriter.WriteGray(_folder["a.png"], new byte[4], 4, 1);
        string image = System.Convert.ToBase64String(File.ReadAllBytes(_folder["a.png"]));
        File.WriteAllText(
            _folder["labelme", "a.json"], $$"""{"imagePath":"a.jpg","imageData":"{{image}}","shapes":[]}""");

        MlsegResult left = Convert(_folder["labelme"], "coco", "out.json");

        left.RequireDone();
        Assert.Contains("1 image within the annotations not written: coco has no place for images.", left.Output);
        Assert.AreEqual(0, Convert(_folder["labelme"], "voc", "out", "--json").Json().GetProperty("imagesLeft").GetInt32());
    }

    [TestMethod]
    public void Run_WhatDoesNotFit_SaysWhatToGive()
    {
        Directory.CreateDirectory(_folder.Masks);

        Convert(_folder.Masks, "coco", "out.json").RequireError(2, "need their images: give --images");
        Convert(_folder.Masks, "coco", "out.json", "--images", ".").RequireError(2, "classes.txt", "give --classes");
        Convert(_folder.Masks, "voc", "out", "--shape", "mask").RequireError(2, "'--to voc', which has a mask for each image");
        Convert(_folder.Masks, "yolo", "out", "--shape", "mask").RequireError(2, "which has polygons alone");
        Convert(_folder.Masks, "cvta", "out", "--shape", "mask").RequireError(2, "Did you mean 'cvat'");
        Convert(_folder["nothing"], "coco", "out.json").RequireError(1, "There are no annotations");
    }

    /// <summary>Writes images, and a file of COCO about them.</summary>
    private void WriteCoco(string path, params string[] images)
    {
        Directory.CreateDirectory(_folder.Images);
        foreach (string image in images) PngWriter.WriteGray(_folder["images", image], new byte[4], 4, 1);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        IEnumerable<string> entries = images.Select(
            (image, index) => $$"""{"id":{{index}},"file_name":"{{image}}","width":4,"height":1}""");
        File.WriteAllText(
            _folder[path],
            $$"""{"images":[{{string.Join(',', entries)}}],"annotations":[],"categories":[{"id":1,"name":"pit"}]}""");
    }

    private MlsegResult Convert(string from, string to, string target, params string[] options) =>
        Mlseg.Run(["convert", "--from", from, "--to", to, "--out", _folder[target], .. options]);
}
