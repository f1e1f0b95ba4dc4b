using System.Xml.Linq;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class CvatWriterTest
{
    /// <summary>In the box of three by two, four pixels inside follow none outside, then one outside and one inside.</summary>
    [TestMethod]
    public void Add_Mask_HasRowsOfRunLengthsInItsBox()
    {
        XElement mask = Write(RegionForm.Mask, null, "00000", "01110", "01010", "00000").Element("image")!.Element("mask")!;

        Assert.AreEqual(
            "<mask label=\"pit\" source=\"manual\" occluded=\"0\" rle=\"0, 4, 1, 1\" left=\"1\" top=\"1\" width=\"3\" "
            + "height=\"2\" z_order=\"0\" />",
            $"{mask}");
    }

    /// <summary>A slit leads from the hole's upper left corner to the left side of the ring.</summary>
    [TestMethod]
    public void Add_OutlineWithHole_IsSlitOpen()
    {
        XElement polygon = Write(RegionForm.Polygon, null, "111", "101", "111").Element("image")!.Element("polygon")!;

        Assert.AreEqual(
            "0.00,0.00;3.00,0.00;3.00,3.00;0.00,3.00;0.00,1.00;1.00,1.00;1.00,2.00;2.00,2.00;2.00,1.00;1.00,1.00;0.00,1.00",
            polygon.Attribute("points")!.Value);
    }

    /// <summary>Of two pixels, one has the confidence 1 and one 0.5.</summary>
    [TestMethod]
    public void Add_Prediction_HasItsConfidenceAsAnAttribute()
    {
        XElement file = Write(RegionForm.Polygon, "model.onnx", "11", "00");
        XElement polygon = file.Element("image")!.Element("polygon")!;

        Assert.AreEqual("auto", polygon.Attribute("source")!.Value);
        Assert.AreEqual("""<attribute name="confidence">0.75</attribute>""", $"{polygon.Element("attribute")}");
        Assert.AreEqual("confidence", file.Descendants("label").Single().Descendants("attribute").Single().Value[..10]);
    }

    private static XElement Write(RegionForm form, string? model, params string[] rows)
    {
        using var folder = new WrittenFolder();
        LabelledImage image = folder.Predicted(rows);
        string path = folder.Write(
            "cvat",
            new AnnotationWriterOptions
            {
                Classes = WrittenClasses.Of(["background", "pit"]),
                Form = form,
                Tolerance = 0,
                Model = model,
            },
            model is null ? image with { Confidence = null } : image);
        return XElement.Load(path);
    }
}
