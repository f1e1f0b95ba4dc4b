using System.IO.Compression;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SuperviselyReaderTest
{
    [TestMethod]
    public void Read_PolygonWithHoleAndRectangle_ArePaintedInOrder()
    {
        using AnnotationFolder folder = Make(
            """
            {"classTitle":"pit","geometryType":"polygon","points":{
              "exterior":[[0,0],[5,0],[5,4],[0,4]],"interior":[[[1,1],[3,1],[3,3],[1,3]]]}},
            {"classTitle":"stain","geometryType":"rectangle","points":{"exterior":[[4,0],[5,0]],"interior":[]}},
            {"classTitle":"stain","geometryType":"point","points":{"exterior":[[2,2]],"interior":[]}}
            """);

        Assert.AreSequenceEqual(["background", "pit", "stain"], folder.Open().ClassNames);
        AnnotationFolder.RequireMask(folder.Open(), "111122", "100011", "100011", "100011");
        Assert.AreSequenceEqual(["is a point, which has no area"], AnnotationFolder.Faults(folder.Open()));
    }

    /// <summary>The column behind the last must not wrap around.</summary>
    [TestMethod]
    public void Read_RectangleFarBeyondTheImage_FillsWhatIsWithin()
    {
        using AnnotationFolder folder = Make(
            """{"classTitle":"pit","geometryType":"rectangle","points":{"exterior":[[4,1],[3e9,3e9]],"interior":[]}}""");

        AnnotationFolder.RequireMask(folder.Open(), "000000", "000011", "000011", "000011");
    }

    [TestMethod]
    public void Read_Bitmap_LiesAtItsOrigin()
    {
        using var png = new MemoryStream();
        PngWriter.WriteGray(png, [255, 0, 255, 255, 0, 255], 3, 2);
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(png.ToArray());
        using AnnotationFolder folder = Make(
            "{\"classTitle\":\"pit\",\"geometryType\":\"bitmap\",\"bitmap\":{\"origin\":[2,1],\"data\":\""
            + Convert.ToBase64String(compressed.ToArray()) + "\"}}");

        AnnotationFolder.RequireMask(folder.Open(), "000000", "001010", "001010", "000000");
    }

    [TestMethod]
    [DataRow("""{"classTitle":"scratch","geometryType":"point"}""", "'scratch'")]
    [DataRow("""{"classTitle":"pit"}""", "no geometryType")]
    [DataRow("""{"classTitle":"pit","geometryType":"bitmap","bitmap":{"origin":[0,0],"data":"AAAA"}}""", "no compressed PNG")]
    [DataRow("""{"classTitle":"pit","geometryType":"rectangle","points":{"exterior":[[0,0]]}}""", "not two corners")]
    [DataRow("""{"classTitle":""", "damaged")]
    public void Read_Damaged_NamesTheFile(string item, string words)
    {
        using AnnotationFolder folder = Make(item);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => AnnotationFolder.Faults(folder.Open())).Message;

        Assert.Contains(words, message);
        Assert.Contains("a.png.json", message);
    }

    private static AnnotationFolder Make(string objects) => new AnnotationFolder()
        .WithText("meta.json", """{"classes":[{"title":"pit","shape":"any"},{"title":"stain","shape":"any"}],"tags":[]}""")
        .WithImage("ds/img/a.png", 6, 4)
        .WithText(
            "ds/ann/a.png.json", $"{{\"description\":\"\",\"size\":{{\"height\":4,\"width\":6}},\"objects\":[{objects}]}}");
}
