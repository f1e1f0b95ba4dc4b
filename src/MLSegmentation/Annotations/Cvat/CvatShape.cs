using System.Globalization;
using System.Xml;

namespace MLSegmentation;

/// <summary>A shape of CVAT's.</summary>
/// <param name="Kind">Its element, such as <c>polygon</c>.</param>
/// <param name="Label">Its label.</param>
/// <param name="Order">Its <c>z_order</c>: higher ones cover lower ones.</param>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Geometry">Where it is.</param>
/// <param name="IsOutside">In a track, whether the object is not in the picture.</param>
internal sealed record CvatShape(string Kind, string Label, int Order, int Line, CvatGeometry Geometry, bool IsOutside)
{
    /// <summary>Reads the element in hand.</summary>
    /// <param name="xml">The file.</param>
    /// <param name="track">The label of the track that it is in; null where it is in none.</param>
    /// <exception cref="XmlException">It has no label, or an attribute is missing or no number.</exception>
    public static CvatShape Read(XmlReader xml, string? track)
    {
        var attributes = new CvatAttributes(xml);
        _ = int.TryParse(xml.GetAttribute("z_order"), CultureInfo.InvariantCulture, out int order);
        return new CvatShape(
            xml.Name, track ?? attributes.Text("label"), order, attributes.Line, ReadGeometry(xml.Name, attributes),
            xml.GetAttribute("outside") == "1");
    }

    private static CvatGeometry ReadGeometry(string kind, CvatAttributes of) => kind switch
    {
        "polygon" => new CvatPolygon(of.Points("points")),
        "box" => new CvatBox(
            of.Number("xtl"), of.Number("ytl"), of.Number("xbr"), of.Number("ybr"), of.Number("rotation", fallback: 0)),
        "ellipse" => new CvatEllipse(
            new PolygonPoint(of.Number("cx"), of.Number("cy")), of.Number("rx"), of.Number("ry"),
            of.Number("rotation", fallback: 0)),
        "mask" => new CvatMask(new RowRunLengthShape(
            of.Wholes("rle"), of.Whole("left"), of.Whole("top"), of.Side("width"), of.Side("height"))),
        _ => new CvatNoArea(kind),
    };
}
