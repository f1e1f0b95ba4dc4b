namespace MLSegmentation.Tests;

[TestClass]
public sealed class RoboflowMaskReaderTest
{
    [TestMethod]
    public void Read_Masks_HaveTheValuesOfTheList()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithText("train/_classes.csv", "Pixel Value, Class\n0, background\n1, pit\n3, stain\n")
            .WithImage("train/a.png", 3, 2).WithGray("train/a_mask.png", 3, [0, 1, 1, 0, 3, 3]);
        IAnnotationReader reader = folder.Open();

        Assert.AreSequenceEqual(["background", "pit", "stain"], reader.ClassNames);
        Assert.AreEqual("train/a", reader.Images.Single().Name);
        AnnotationFolder.RequireMask(reader, "011", "022");
    }

    [TestMethod]
    public void Open_FoldersOfOtherClasses_IsAnError()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithText("train/_classes.csv", "Pixel Value, Class\n0, background\n1, pit\n")
            .WithText("valid/_classes.csv", "Pixel Value, Class\n0, background\n1, stain\n");

        Assert.Contains("different classes", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message);
    }
}
