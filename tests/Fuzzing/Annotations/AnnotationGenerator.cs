using System.Globalization;
using MLSegmentation;
using static Fuzzing.Annotations.AnnotationTarget;

namespace Fuzzing.Annotations;

/// <summary>Makes files of annotation tools, mostly sound ones.</summary>
internal static class AnnotationGenerator
{
    private const int MostShapes = 5;

    public static string Coco(FuzzRandom random) =>
        $$"""{"images":[{"id":7,"file_name":"{{Image}}","width":{{Width}},"height":{{Height}}}],"""
        + """ "categories":[{"id":3,"name":"pit"},{"id":9,"name":"stain","supercategory":"defect"}],"annotations":["""
        + Shapes(random, () => $$"""{"id":{{random.Below(99)}},"image_id":7,"category_id":{{random.Pick(3, 9)}},"""
            + $$""" "iscrowd":{{random.Below(2)}},"segmentation":{{CocoSegmentation(random)}}}""") + "]}";

    public static string LabelMe(FuzzRandom random) =>
        $$"""{"version":"5.7.0","imagePath":"{{random.Pick("images/", "", "..\\\\images\\\\", "gone/of/")}}{{Image}}","""
        + (random.Percent(20) ? $$""" "imageData":"{{Convert.ToBase64String(Picture)}}","imagePath":"gone.png",""" : "")
        + $$""" "imageWidth":{{Width}},"imageHeight":{{Height}},"shapes":["""
        + Shapes(random, () =>
        {
            string kind = random.Pick("polygon", "rectangle", "circle", "line", "point", "linestrip", "oriented_rectangle");
            int points = kind switch { "rectangle" or "circle" => 2, "point" => 1, _ => random.Between(2, 6) };
            string places = string.Join(
                ',', Enumerable.Range(0, points).Select(_ => $"[{Number(random, Width)},{Number(random, Height)}]"));
            return $$"""{"label":"{{random.Pick("pit", "__ignore__", "_background_")}}","shape_type":"{{kind}}","points":"""
                + $"[{places}]}}";
        }) + "]}";

    public static string Cvat(FuzzRandom random)
    {
        string Shape(string extra) => random.Below(4) switch
        {
            0 => $"<polygon label='pit' {extra} points='{Points(random, ";")}' z_order='{random.Below(3)}'/>",
            1 => $"<box label='stain' {extra} xtl='{Number(random, Width)}' ytl='{Number(random, Height)}' "
                + $"xbr='{Number(random, Width)}' ybr='{Number(random, Height)}' rotation='{Number(random, 360)}'/>",
            2 => $"<ellipse label='pit' {extra} cx='{Number(random, Width)}' cy='{Number(random, Height)}' "
                + $"rx='{Number(random, Width)}' ry='{Number(random, Height)}' rotation='{Number(random, 360)}'/>",
            _ => $"<mask label='pit' {extra} rle='2, 3, 1' left='{random.Below(Width)}' top='{random.Below(Height)}' width='3' "
                + "height='2'/>",
        };
        return "<annotations><version>1.1</version><meta><task><labels><label><name>pit</name></label>"
            + "<label><name>stain</name></label></labels></task></meta>"
            + $"<image id='0' name='{Image}' width='{Width}' height='{Height}'>{Shapes(random, () => Shape(""), "")}</image>"
            + (random.Percent(20) ? $"<track label='pit'>{Shapes(random, Key, "")}</track>" : "") + "</annotations>";

        string Key() => Shape($"frame='{random.Below(9)}' outside='{random.Below(2)}'");
    }

    public static string Yolo(FuzzRandom random) => Shapes(
        random,
        () => string.Join(
            ' ', Enumerable.Range(0, random.Pick(4, 6, 8, 10)).Select(_ => Number(random, 1)).Prepend($"{random.Below(2)}")),
        "\n");

    public static string LabelStudio(FuzzRandom random)
    {
        string address = $"/data/upload/1/0a1b2c3d-{Image}";
        return random.Percent(30)
            ? $$"""[{"id":1,"image":"{{address}}","annotation_id":3,"tag":[{{LabelStudioResults(random, isShort: true)}}]}]"""
            : $$"""[{"id":1,"data":{"image":"{{address}}"},"annotations":[{"result":["""
                + LabelStudioResults(random, isShort: false) + "]}]}]";
    }

    public static string Via(FuzzRandom random) =>
        $$"""{"a":{"filename":"{{Image}}","size":1,"regions":["""
        + Shapes(random, () =>
        {
            string value = random.Below(3) switch
            {
                0 => "\"name\":\"polygon\",\"all_points_x\":[1,9,9],\"all_points_y\":[1,1,9]",
                1 => $"\"name\":\"rect\",\"x\":{Number(random, Width)},\"y\":1,\"width\":{Number(random, Width)},\"height\":5",
                _ => $"\"name\":\"ellipse\",\"cx\":9,\"cy\":9,\"rx\":{Number(random, Width)},\"ry\":4,"
                    + $"\"theta\":{Number(random, 7)}",
            };
            return $"{{\"shape_attributes\":{{{value}}},\"region_attributes\":{{\"label\":\"pit\"}}}}";
        }) + "]}}";

    public static string Supervisely(FuzzRandom random) =>
        $$"""{"size":{"height":{{Height}},"width":{{Width}}},"objects":["""
        + Shapes(random, () => "{\"classTitle\":\"pit\",\"geometryType\":\"polygon\",\"points\":{\"exterior\":[["
            + $"{Points(random, "],[")}]],\"interior\":[[[{Points(random, "],[")}]]]}}}}") + "]}";

    private static string LabelStudioResults(FuzzRandom random, bool isShort) =>
        Shapes(random, () =>
        {
            string kind = random.Pick("polygonlabels", "rectanglelabels", "ellipselabels", "brushlabels");
            string value = kind switch
            {
                "polygonlabels" => $"\"points\":[[{Points(random, "],[")}]]",
                "brushlabels" => $"\"rle\":[{string.Join(',', random.Bytes(random.Between(4, 60)))}]",
                _ => $"\"x\":{Number(random, 100)},\"y\":{Number(random, 100)},\"width\":{Number(random, 100)},"
                    + $"\"height\":{Number(random, 100)},\"radiusX\":{Number(random, 100)},\"radiusY\":{Number(random, 100)},"
                    + $"\"rotation\":{Number(random, 360)}",
            };
            string size = $"\"original_width\":{Width},\"original_height\":{Height}", own = $"{value},\"{kind}\":[\"pit\"]";
            return isShort ? $"{{{size},{own}}}" : $"{{\"type\":\"{kind}\",{size},\"value\":{{{own}}}}}";
        });

    private static string CocoSegmentation(FuzzRandom random) => random.Below(4) switch
    {
        0 => $$"""{"size":[{{Height}},{{Width}}],"counts":[5,3,{{(Width * Height) - 8}}]}""",
        1 => $$"""{"size":[{{Height}},{{Width}}],"counts":"{{RunLengthText.Compress([5, 3, (Width * Height) - 8])}}"}""",
        _ => $"[[{Points(random, ",")}],[{Points(random, ",")}]]",
    };

    private static string Points(FuzzRandom random, string between) => string.Join(
        between, Enumerable.Range(0, random.Between(2, 6)).Select(_ => $"{Number(random, Width)},{Number(random, Height)}"));

    private static string Shapes(FuzzRandom random, Func<string> shape, string between = ",") =>
        string.Join(between, Enumerable.Range(0, random.Below(MostShapes)).Select(_ => shape()));

    /// <summary>A number from 0 to a most, now and then a little or far beyond.</summary>
    private static string Number(FuzzRandom random, int most)
    {
        if (random.Percent(3)) return random.Pick("-1e300", "1e300", "4294967296", "-5", "1e-300", "0");
        return (random.Below(1000) * most / 1000.0).ToString(CultureInfo.InvariantCulture);
    }
}
