using System.Diagnostics;
using Microsoft.ML;

namespace MLSegmentation.Tests;

/// <summary>Which files of two folders are images and masks, by their names alone: the files are empty.</summary>
[TestClass]
public sealed class FoldersTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlsegmentation-folders-").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Load_FolderThatMayNotBeRead_IsNotPassedOver()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("This user may read everything, or rights are other ones here.");
            return;
        }
        string closed = Directory.CreateDirectory(Path.Combine(_folder, "images", "closed")).FullName;
        File.WriteAllBytes(Path.Combine(_folder, "images", "a.png"), []);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<UnauthorizedAccessException>(
                    () => SegmentationFolder.Images(Path.Combine(_folder, "images"), null)).Message, closed);
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TestMethod]
    [DataRow("a.png")]
    [DataRow("a.PNG")]
    [DataRow("a.tif")]
    [DataRow("a.tiff")]
    [DataRow("a.bmp")]
    [DataRow("a.gif")]
    [DataRow("a_mask.png")]
    [DataRow("a-mask.png")]
    [DataRow("a_MASK.gif")]
    [DataRow("a.mask.png")]
    [DataRow("a_masks.png")]
    [DataRow("a_gt.bmp")]
    [DataRow("a_label.png")]
    [DataRow("a_labels.png")]
    [DataRow("a_labelIds.png")]
    [DataRow("a_labelTrainIds.png")]
    [DataRow("a_seg.png")]
    [DataRow("a_segmentation.png")]
    [DataRow("mask_a.png")]
    [DataRow("Mask-a.png")]
    [DataRow("gt_a.png")]
    [DataRow("label_a.png")]
    public void Load_UsualNameOfAMask_IsFound(string mask)
    {
        Files("images/a.jpg", $"masks/{mask}");
        Assert.AreEqual(At($"masks/{mask}"), Load().Single().MaskPath);
    }

    [TestMethod]
    [DataRow("a_.png")]
    [DataRow("ab.png")]
    [DataRow("amask.png")]
    [DataRow("a_mask.jpg")]
    [DataRow("a_mask_old.png")]
    [DataRow("_mask.png")]
    public void Load_OtherName_IsNoMaskAndTheMessageNamesTheOption(string mask)
    {
        Files("images/a.jpg", $"masks/{mask}");
        string message = Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message;
        StringAssert.Contains(message, "1 of 1 image");
        StringAssert.Contains(message, "maskSuffix");
    }

    [TestMethod]
    [DataRow("a.png", "a_mask.png")]
    [DataRow("a.png", "a.tif")]
    [DataRow("mask_a.png", "a_gt.png")]
    public void Load_TwoMasksOfOneImage_NamesBoth(string first, string second)
    {
        Files("images/a.jpg", $"masks/{first}", $"masks/{second}");
        string message = Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message;
        StringAssert.Contains(message, At($"masks/{first}"));
        StringAssert.Contains(message, At($"masks/{second}"));
    }

    [TestMethod]
    public void Load_NamesThatOverlap_BelongToTheImageOfThatName()
    {
        Files("images/a.jpg", "images/a_mask.jpg", "masks/a.png", "masks/a_mask.png");
        CollectionAssert.AreEqual(
            new[] { At("masks/a.png"), At("masks/a_mask.png") }, Load().Select(row => row.MaskPath).ToArray());
    }

    [TestMethod]
    public void Load_Suffix_SaysWhichIsMeant()
    {
        Files("images/a.jpg", "masks/a.png", "masks/a_mask.png", "masks/a_matte.png");
        Assert.AreEqual(At("masks/a_matte.png"), Load(suffix: "_matte").Single().MaskPath);
        Assert.AreEqual(At("masks/a.png"), Load(suffix: "").Single().MaskPath);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Load(suffix: "_x")).Message, "'_x'");
    }

    [TestMethod]
    public void Load_SubfoldersThatMirrorEachOther_GiveNamesWithTheirPaths()
    {
        Files("images/train/a.jpg", "images/val/deep/a.jpg", "images/b.jpg", "masks/train/a_mask.png", "masks/val/deep/a.png",
            "masks/b.png");
        SegmentationFolderRow[] rows = Load();
        CollectionAssert.AreEqual(new[] { "b", "train/a", "val/deep/a" }, rows.Select(row => row.Name).ToArray());
        Assert.AreEqual(At("images/train/a.jpg"), rows[1].ImagePath);
        Assert.AreEqual(At("masks/train/a_mask.png"), rows[1].MaskPath);
    }

    [TestMethod]
    [DataRow("train/a,x")]
    [DataRow("train/a.jpg,x")]
    [DataRow("train\\a.jpg,x")]
    public void Load_SplitWithSubfolders_NamesTheirImages(string line)
    {
        Files("images/train/a.jpg", "images/a.jpg", "masks/train/a.png", "masks/a.png");
        File.WriteAllLines(At("split.csv"), ["name,split", line]);
        Assert.AreEqual("train/a", Load(At("split.csv"), "x").Single().Name);
    }

    [TestMethod]
    public void Load_MasksWithinTheFolderOfImages_AreNoImages()
    {
        Files("set/a.jpg", "set/masks/a.png");
        Assert.AreEqual("a", Load(images: "set", masks: "set/masks").Single().Name);
        Files("other/a.png", "other/images/a.jpg");
        Assert.AreEqual("a", Load(images: "other/images", masks: "other").Single().Name);
    }

    [TestMethod]
    public void Load_OneFolderForBoth_TellsThemByTheirNames()
    {
        Files("set/a.png", "set/a_mask.png", "set/b.png", "set/mask_b.png");
        SegmentationFolderRow[] rows = Load(images: "set", masks: Path.Combine("set", "."));
        CollectionAssert.AreEqual(new[] { "a.png a_mask.png", "b.png mask_b.png" },
            rows.Select(row => $"{Path.GetFileName(row.ImagePath)} {Path.GetFileName(row.MaskPath)}").ToArray());
    }

    [TestMethod]
    public void Load_HiddenFilesAndWhatArchiversAdd_ArePassedOver()
    {
        Files("images/a.jpg", "masks/a.png", "images/._a.jpg", "images/.DS_Store", "images/Thumbs.db", "images/.trash/b.jpg",
            "images/__MACOSX/c.jpg",
            "images/@eaDir/d.jpg", "masks/._a.png", "masks/desktop.ini", "masks/__MACOSX/a.png");
        Assert.AreEqual("a", Load().Single().Name);
    }

    [TestMethod]
    public void Load_NamesInNfcAndNfd_AreOne()
    {
        const string Whole = "caf\u00E9 \u1EBF \uAC01", Split = "cafe\u0301 e\u0302\u0301 \u1100\u1161\u11A8";
        Files($"images/{Whole}.jpg", $"masks/{Split}_mask.png");
        File.WriteAllLines(At("split.csv"), ["name,split", $"{Split}.jpg,x"]);
        Assert.AreEqual(At($"masks/{Split}_mask.png"), Load().Single().MaskPath);
        Assert.AreEqual(At($"images/{Whole}.jpg"), Load(At("split.csv"), "x").Single().ImagePath);
    }

    [TestMethod]
    [DataRow("a.png", "a.jpg")]
    [DataRow("a_mask.png", "a.jpg")]
    [DataRow("a_mask.tif", "a.bmp")]
    public void Load_FoldersExchanged_SaysSo(string mask, string image)
    {
        Files($"images/{image}", $"masks/{mask}");
        if (mask == "a.png") PngWriter.WriteIndexed(At("masks/a.png"), [1], 1, 1, Palette.Voc(2));
        string message = Assert.ThrowsExactly<InvalidDataException>(() => Load(images: "masks", masks: "images")).Message;
        StringAssert.Contains(message, "The folders are exchanged");
        StringAssert.Contains(message, At($"images/{image}"));
    }

    [TestMethod]
    public void Load_LinksInCircles_EndsAndFollowsOthers()
    {
        Files("images/a.jpg", "masks/a.png", "photos/b.jpg", "drawn/b.png");
        try
        {
            Directory.CreateSymbolicLink(At("images/loop"), At("images"));
            Directory.CreateSymbolicLink(At("images/itself"), At("images/itself"));
            Directory.CreateSymbolicLink(At("photos/back"), At("images"));
            Directory.CreateSymbolicLink(At("images/more"), At("photos"));
            Directory.CreateSymbolicLink(At("masks/more"), At("drawn"));
            File.CreateSymbolicLink(At("images/c.jpg"), At("photos/b.jpg"));
            File.CreateSymbolicLink(At("masks/c.png"), At("drawn/b.png"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Inconclusive($"No links can be made here: {error.Message}");
        }
        CollectionAssert.AreEqual(new[] { "a", "c", "more/b" }, Load().Select(row => row.Name).ToArray());
    }

    [TestMethod]
    public void Load_NamedPipe_IsNoImage()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("What is no file is known on Linux only.");
        Files("images/a.jpg", "masks/a.png");
        foreach (string path in new[] { "images/b.png", "masks/a_mask.png" }) Process.Start("mkfifo", At(path)).WaitForExit();
        Assert.AreEqual("a", Load().Single().Name);
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => ImageFile.ReadAllBytes(At("images/b.png"))).Message,
            "a named pipe");
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => ImageDecoder.Decode("/dev/zero")).Message, "a device");
        Assert.IsNull(ImageHeader.TryReadSize(At("images/b.png")));
    }

    [TestMethod]
    public void Find_MasksWithoutAnImage_AreListed()
    {
        Files("images/a.jpg", "masks/a.png", "masks/b_mask.png", "masks/sub/a.png");
        var folders = PairedFolders.Read(At("images"), At("masks"), null);
        CollectionAssert.AreEquivalent(
            new[] { "b_mask", "sub/a" }, folders.MasksWithoutImage.Select(mask => mask.Name).ToArray());
    }

    private SegmentationFolderRow[] Load(
        string? split = null, string? part = null, string images = "images", string masks = "masks", string? suffix = null)
    {
        var context = new MLContext();
        return [.. context.Data.CreateEnumerable<SegmentationFolderRow>(
            context.Data.LoadSegmentationFolder(At(images), At(masks), split, part, suffix), reuseRowObject: false)];
    }

    private string At(string path) => Path.Combine(_folder, path);

    private void Files(params string[] paths)
    {
        foreach (string path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.WriteAllBytes(At(path), []);
        }
    }
}
