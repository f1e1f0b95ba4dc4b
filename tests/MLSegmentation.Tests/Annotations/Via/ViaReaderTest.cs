namespace MLSegmentation.Tests;

[TestClass]
public sealed class ViaReaderTest
{
    private const string Rectangle = """
        {"shape_attributes":{"name":"rect","x":1,"y":1,"width":2,"height":2},"region_attributes":{"kind":"pit"}}
        """;

    private const string Polygon = """
        {"shape_attributes":{"name":"polygon","all_points_x":[2,5,5,2],"all_points_y":[0,0,2,2]},
         "region_attributes":{"kind":{"hole":false,"stain":true}}}
        """;

    private static readonly string[] _rows = ["002220", "012220", "011000", "000000"];

    [TestMethod]
    public void Read_Project_IsPaintedInOrder() => Require(
        "{\"_via_settings\":{},\"_via_img_metadata\":{\"a.png12\":" + ImageOf($"[{Rectangle},{Polygon}]") + "}}",
        ["background", "pit", "stain"], _rows);

    [TestMethod]
    public void Read_AnnotationsOfVersionOne_AreNumberedRegions() => Require(
        "{\"a.png12\":" + ImageOf($"{{\"0\":{Rectangle},\"1\":{Polygon}}}") + "}",
        ["background", "pit", "stain"], _rows);

    [TestMethod]
    public void Read_NoAttributes_IsAnObject() => Require(
        """
        {"a.png12":{"filename":"a.png","size":12,"regions":[
          {"shape_attributes":{"name":"circle","cx":3,"cy":2,"r":2},"region_attributes":{}},
          {"shape_attributes":{"name":"point","cx":3,"cy":2},"region_attributes":{}}]}}
        """,
        ["background", "object"], "001100", "011110", "011110", "001100");

    private static string ImageOf(string regions) => $"{{\"filename\":\"a.png\",\"size\":12,\"regions\":{regions}}}";

    private static void Require(string json, string[] classes, params string[] rows)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText("via.json", json);
        IAnnotationReader reader = folder.Open("via.json");
        Assert.AreSequenceEqual(classes, reader.ClassNames);
        AnnotationFolder.RequireMask(reader, rows);
    }

    [TestMethod]
    [DataRow("\"name\":\"polygon\",\"all_points_x\":[1,2,3],\"all_points_y\":[1,2]", "3 all_points_x and 2 all_points_y")]
    [DataRow("\"name\":\"rect\",\"x\":1,\"y\":1,\"width\":2", "no number 'height'")]
    public void Read_Damaged_SaysWhereAndWhat(string shape, string words)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("a.png", 4, 2).WithText(
            "v.json",
            "{\"a\":{\"filename\":\"a.png\",\"regions\":[{\"shape_attributes\":{" + shape + "},\"region_attributes\":{}}]}}");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => AnnotationFolder.Faults(folder.Open("v.json"))).Message;

        Assert.Contains(words, message);
        Assert.Contains("region 0 of 'a.png'", message);
        Assert.Contains("v.json", message);
    }
}
