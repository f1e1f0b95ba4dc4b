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

    private MlsegResult Convert(string from, string to, string target, params string[] options) =>
        Mlseg.Run(["convert", "--from", from, "--to", to, "--out", _folder[target], .. options]);
}
