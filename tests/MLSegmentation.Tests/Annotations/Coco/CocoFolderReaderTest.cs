namespace MLSegmentation.Tests;

[TestClass]
public sealed class CocoFolderReaderTest
{
    private const string Name = "_annotations.coco.json";

    /// <summary>Each part has its own ids, and images of the same name are others.</summary>
    [TestMethod]
    public void Open_PartsOfRoboflow_AreOneSet()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("set/train/a.png", 2, 1).WithText($"set/train/{Name}", Json("pit", "[0,0,1,0,1,1,0,1]"))
            .WithImage("set/valid/a.png", 2, 1).WithText($"set/valid/{Name}", Json("pit", "[1,0,2,0,2,1,1,1]"));
        IAnnotationReader reader = folder.Open();

        Assert.AreSequenceEqual(["background", "pit"], reader.ClassNames);
        Assert.AreSequenceEqual(["train/a", "valid/a"], reader.Images.Select(image => image.Name));
        Assert.AreSequenceEqual(
            ["10", "01"],
            reader.Images.Select(image => string.Concat(AnnotationMasks.Paint(reader, image).Keys.Select(key => key - 1))));
    }

    [TestMethod]
    public void Open_PartsOfOtherClasses_IsAnErrorThatNamesThem()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("train/a.png", 2, 1).WithText($"train/{Name}", Json("pit", "[0,0,1,0,1,1,0,1]"))
            .WithImage("test/a.png", 2, 1).WithText($"test/{Name}", Json("stain", "[0,0,1,0,1,1,0,1]"));

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open(format: "coco")).Message;

        Assert.Contains("different classes", message);
        Assert.Contains("stain", message);
    }

    private static string Json(string name, string polygon) =>
        $$"""
        {"images":[{"id":0,"file_name":"a.png"}],"categories":[{"id":0,"name":"{{name}}"}],
         "annotations":[{"id":0,"image_id":0,"category_id":0,"segmentation":[{{polygon}}]}]}
        """;
}
