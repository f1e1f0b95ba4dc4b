using System.Text.Json;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelMeWriterTest
{
    [TestMethod]
    public void Add_Mask_HasItsPixelsAndBothCornersInside()
    {
        JsonElement shape = Write(RegionForm.Mask, "00000", "01110", "01010", "00000")[0];

        Assert.AreEqual("mask", shape.GetProperty("shape_type").GetString());
        Assert.AreEqual("[[1,1],[3,2]]", Compact(shape.GetProperty("points")));
        LabelImage mask = PngRegion.Read(shape.GetProperty("mask").GetBytesFromBase64(), "the mask");
        Assert.AreSequenceEqual(new ushort[] { 1, 1, 1, 1, 0, 1 }, mask.Values);
        Assert.AreEqual(0.5, shape.GetProperty("score").GetDouble());
    }

    /// <summary>LabelMe cuts the corners of these two pixels to 1 and 2, which are theirs.</summary>
    [TestMethod]
    public void Add_Outline_LiesWithinItsPixels()
    {
        JsonElement shape = Write(RegionForm.Polygon, "0000", "0110", "0110", "0000")[0];

        Assert.AreEqual("polygon", shape.GetProperty("shape_type").GetString());
        Assert.AreEqual("[[1.25,1.25],[2.75,1.25],[2.75,2.75],[1.25,2.75]]", Compact(shape.GetProperty("points")));
    }

    [TestMethod]
    public void Add_PixelsToIgnore_HaveTheLabelForIt() => Assert.AreSequenceEqual(
        ["pit", "__ignore__"],
        Write(RegionForm.Mask, "11..").EnumerateArray().Select(shape => shape.GetProperty("label").GetString()));

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private static JsonElement Write(RegionForm form, params string[] rows)
    {
        using var folder = new WrittenFolder();
        string path = folder.Write(
            "labelme",
            new AnnotationWriterOptions { Classes = WrittenClasses.Of(["background", "pit"]), Form = form, Tolerance = 0 },
            folder.Predicted(rows));
        JsonElement file = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "a 1.json"))).RootElement;
        Assert.AreEqual("a 1.png", file.GetProperty("imagePath").GetString());
        return file.GetProperty("shapes");
    }
}
