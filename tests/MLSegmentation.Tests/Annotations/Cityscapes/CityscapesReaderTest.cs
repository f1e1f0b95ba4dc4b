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

    private static AnnotationFolder WithMask() =>
        Make().WithGray($"gtFine/{Name}_gtFine_labelIds.png", 3, [0, 7, 8, 0, 0, 7]);

    private static AnnotationFolder Make() => new AnnotationFolder().WithImage($"leftImg8bit/{Name}_leftImg8bit.png", 3, 2);
}
