namespace MLSegmentation.Tests;

[TestClass]
public sealed class CityscapesReaderTest
{
    private const string Name = "train/aachen/aachen_000000_000019";

    [TestMethod]
    public void Read_LabelIds_AreClassesByTheirIds()
    {
        using AnnotationFolder folder = WithMask();

        AnnotationFolder.RequireMask(folder.Open(), "078", "007");
        Assert.AreEqual("road", folder.Open().ClassNames[7]);
    }

    [TestMethod]
    public void Read_TrainIds_IgnoreTheOthers()
    {
        using AnnotationFolder folder = WithMask();
        IAnnotationReader reader = folder.Open(format: "cityscapes-train-ids");

        Assert.HasCount(19, reader.ClassNames);
        AnnotationFolder.RequireMask(reader, ".01", "..0");
    }

    /// <summary>Vertices are whole pixels, which belong to the polygon.</summary>
    [TestMethod]
    public void Read_Objects_ArePaintedInOrderWithGroupsAndWithoutDeletedOnes()
    {
        using AnnotationFolder folder = Make().WithText($"gtFine/{Name}_gtFine_polygons.json",
            """
            {"imgHeight": 2, "imgWidth": 3, "objects": [
              {"label": "roadgroup", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]},
              {"label": "sidewalk", "polygon": [[1, 0], [2, 0], [2, 0]]},
              {"label": "static", "deleted": 1, "polygon": [[0, 0], [2, 0], [2, 2]]},
              {"label": "license plate", "polygon": [[0, 0], [2, 0], [2, 2]]}]}
            """);

        AnnotationFolder.RequireMask(folder.Open(), "788", "770");
    }

    /// <summary>As cityscapesScripts has it: 255 where no object is, and of labels that are not trained.</summary>
    [TestMethod]
    public void Read_ObjectsWithTrainIds_IgnorePixelsInNone()
    {
        using AnnotationFolder folder = Make().WithText($"gtFine/{Name}_gtFine_polygons.json",
            """
            {"imgHeight": 2, "imgWidth": 3, "objects": [
              {"label": "sidewalk", "polygon": [[0, 0], [1, 0], [1, 0]]},
              {"label": "static", "polygon": [[0, 1], [0, 1], [0, 1]]}]}
            """);

        AnnotationFolder.RequireMask(folder.Open(format: "cityscapes-train-ids"), "11.", "...");
        AnnotationFolder.RequireMask(folder.Open(), "880", "400");
    }

    [TestMethod]
    public void Paint_ObjectsOfAnotherSize_IsAnError()
    {
        using AnnotationFolder folder = Make().WithText(
            $"gtFine/{Name}_gtFine_polygons.json", """{"imgHeight": 4, "imgWidth": 6, "objects": []}""");
        IAnnotationReader reader = folder.Open();

        Assert.Contains("6x4", Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message);
    }

    /// <summary>The coarse labels of train_extra are in another folder, and its photographs beside the others.</summary>
    [TestMethod]
    public void Open_PhotographWithoutLabels_IsNotedOrAnError()
    {
        using AnnotationFolder folder = WithMask()
            .WithImage("leftImg8bit/train/aachen/b_leftImg8bit.png", 3, 2)
            .WithImage("leftImg8bit/train_extra/ulm/c_leftImg8bit.png", 3, 2);
        List<string> missing = [];

        Assert.HasCount(1, AnnotationFormat.Read(folder.Path, null, null, missing).Images);
        Assert.Contains("b_leftImg8bit.png", missing.Single());
        Assert.Contains(
            "b_leftImg8bit.png", Assert.ThrowsExactly<FileNotFoundException>(() => folder.Open()).Message);
    }

    private static AnnotationFolder WithMask() =>
        Make().WithGray($"gtFine/{Name}_gtFine_labelIds.png", 3, [0, 7, 8, 0, 0, 7]);

    private static AnnotationFolder Make() => new AnnotationFolder().WithImage($"leftImg8bit/{Name}_leftImg8bit.png", 3, 2);
}
