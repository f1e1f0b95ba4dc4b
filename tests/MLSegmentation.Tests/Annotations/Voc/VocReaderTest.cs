namespace MLSegmentation.Tests;

[TestClass]
public sealed class VocReaderTest
{
    [TestMethod]
    public void Read_Indices_AreTheClassesOfVocAnd255IsIgnored()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("JPEGImages/a.png", 3, 2).WithGray("SegmentationClass/a.png", 3, [0, 1, 1, 0, 2, 255]);
        IAnnotationReader reader = folder.Open();

        Assert.HasCount(21, reader.ClassNames);
        Assert.AreEqual("tvmonitor", reader.ClassNames[20]);
        AnnotationFolder.RequireMask(reader, "011", "02.");
    }

    /// <summary>The colours of VOC's palette: 0 is black, 1 is (128, 0, 0) and 2 is (0, 128, 0).</summary>
    [TestMethod]
    public void Read_LabelMapOfCvat_GoesByColours()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("images/a.png", 3, 2).WithGray("SegmentationClass/a.png", 3, [0, 1, 1, 0, 2, 2])
            .WithText("labelmap.txt", "# label:color_rgb:parts:actions\nstain:0,128,0::\nbackground:0,0,0::\npit:128,0,0::\n");
        IAnnotationReader reader = folder.Open();

        Assert.AreSequenceEqual(["background", "stain", "pit"], reader.ClassNames);
        AnnotationFolder.RequireMask(reader, "022", "011");
    }

    [TestMethod]
    public void Read_ImageSets_AreTheImagesOfTheSet()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("JPEGImages/a.png", 3, 2).WithGray("SegmentationClass/a.png", 3, new byte[6])
            .WithImage("JPEGImages/b.png", 3, 2).WithGray("SegmentationClass/b.png", 3, new byte[6])
            .WithText("ImageSets/Segmentation/train.txt", "b\n");

        Assert.AreEqual("b", folder.Open().Images.Single().Name);
    }

    [TestMethod]
    public void Open_ListedImageWithoutMask_IsNotedOrAnError()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("JPEGImages/a.png", 3, 2).WithGray("SegmentationClass/a.png", 3, new byte[6])
            .WithImage("JPEGImages/b.png", 3, 2).WithText("ImageSets/Segmentation/train.txt", "a\nb\n");
        List<string> missing = [];

        Assert.AreEqual("a", AnnotationFormat.Read(folder.Path, null, null, missing).Images.Single().Name);
        Assert.Contains("no mask 'b.png'", missing.Single());
        Assert.Contains(
            "no mask 'b.png'", Assert.ThrowsExactly<FileNotFoundException>(() => folder.Open()).Message);
    }

    [TestMethod]
    public void Paint_MaskOnItsSide_HintsAtTheOrientation()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("JPEGImages/a.png", 2, 3).WithGray("SegmentationClass/a.png", 3, new byte[6]);
        IAnnotationReader reader = folder.Open();

        Assert.Contains("EXIF", Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message);
    }

    [TestMethod]
    public void Read_ValueOutsideTheClasses_IsAnError()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("JPEGImages/a.png", 3, 2).WithGray("SegmentationClass/a.png", 3, [0, 1, 1, 0, 2, 21]);

        Assert.Contains("the value 21", Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationFolder.Faults(folder.Open())).Message);
    }
}
