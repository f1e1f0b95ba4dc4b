using System.Text.Json;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class CocoAnnotationWriterTest
{
    /// <summary>Columns of a bow with a hole below: 0000 0110 0100 0110 0000 give the counts 5, 2, 2, 1, 3, 2, 5.</summary>
    [TestMethod]
    public void Add_Mask_HasColumnsOfRunLengths()
    {
        JsonElement annotation = Write(RegionForm.Mask, "00000", "01110", "01010", "00000");

        Assert.AreEqual("""{"size":[4,5],"counts":"522O112"}""", annotation.GetProperty("segmentation").GetRawText());
        Assert.AreEqual("[1,1,3,2]", annotation.GetProperty("bbox").GetRawText());
        Assert.AreEqual(5, annotation.GetProperty("area").GetInt32());
        Assert.AreEqual(1, annotation.GetProperty("category_id").GetInt32());
        Assert.AreEqual(0.5, annotation.GetProperty("score").GetDouble());
    }

    [TestMethod]
    public void Add_Outline_HasTheCornersOfPixels() => Assert.AreEqual(
        "[[1,1,4,1,4,3,3,3,3,2,2,2,2,3,1,3]]",
        Write(RegionForm.Polygon, "00000", "01110", "01010", "00000").GetProperty("segmentation").GetRawText());

    private static JsonElement Write(RegionForm form, params string[] rows)
    {
        using var folder = new WrittenFolder();
        string path = folder.Write(
            "coco",
            new AnnotationWriterOptions
            {
                Classes = WrittenClasses.Of(["background", "pit"]),
                Form = form,
                Tolerance = 0,
                Model = "model",
            },
            folder.Predicted(rows));
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("annotations")[0];
    }
}
