using System.Globalization;
using System.Xml;

namespace MLSegmentation;

/// <summary>A shape of CVAT's.</summary>
/// <param name="Kind">Its element, such as <c>polygon</c>.</param>
/// <param name="Label">Its label.</param>
/// <param name="Order">Its <c>z_order</c>: higher ones cover lower ones.</param>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Values">What its attributes say, by their names.</param>
/// <param name="IsOutside">In a track, whether the object is not in the picture.</param>
internal sealed record CvatShape(
    string Kind, string Label, int Order, int Line, IReadOnlyDictionary<string, string> Values, bool IsOutside)
{
    private static readonly string[] _read =
        ["points", "xtl", "ytl", "xbr", "ybr", "rotation", "cx", "cy", "rx", "ry", "rle", "left", "top", "width", "height"];

    /// <summary>Reads the element in hand.</summary>
    /// <param name="xml">The file.</param>
    /// <param name="track">The label of the track that it is in; null where it is in none.</param>
    /// <exception cref="XmlException">It has no label.</exception>
    public static CvatShape Read(XmlReader xml, string? track)
    {
        int line = ((IXmlLineInfo)xml).LineNumber;
        var values = new Dictionary<string, string>();
        foreach (string name in _read)
        {
            if (xml.GetAttribute(name) is { } value) values.Add(name, value);
        }
        _ = int.TryParse(xml.GetAttribute("z_order"), CultureInfo.InvariantCulture, out int order);
        return new CvatShape(
            xml.Name, track ?? xml.GetAttribute("label") ?? throw new XmlException($"the {xml.Name} in line {line} has no label"),
            order, line, values, xml.GetAttribute("outside") == "1");
    }

    /// <summary>Its pixels, or why it has none.</summary>
    /// <param name="file">The file that it is in, for errors.</param>
    /// <exception cref="InvalidDataException">An attribute is missing or no number.</exception>
    public (RegionShape? Shape, string? Fault) ToRegion(string file)
    {
        switch (Kind)
        {
            case "polygon":
                PolygonPoint[] points = Points(file);
                return points.Length >= 3
                    ? (new PolygonShape(points), null)
                    : (null, $"has {Plural.Of(points.Length, "point")}, expected at least 3");
            case "box":
                return (new PolygonShape(Box(file)), null);
            case "ellipse":
                double radiusX = Number("rx", file), radiusY = Number("ry", file), degrees = Number("rotation", file, 0);
                var centre = new PolygonPoint(Number("cx", file), Number("cy", file));
                return radiusX > 0 && radiusY > 0
                    ? (new EllipseShape(centre, radiusX, radiusY, degrees), null)
                    : (null, "has no width or no height");
            case "mask":
                return (Mask(file), null);
            default:
                return (null, $"is a {Kind}, which has no area");
        }
    }

    private PolygonPoint[] Points(string file) =>
        [.. Text("points", file).Split(';').Select(pair => pair.Split(',') is [var x, var y]
            ? new PolygonPoint(Parse(x, "points", file), Parse(y, "points", file))
            : throw Fault("points", pair, file))];

    /// <summary>The corners of a box that is turned clockwise around its middle.</summary>
    private PolygonPoint[] Box(string file)
    {
        double left = Number("xtl", file), top = Number("ytl", file), right = Number("xbr", file), bottom = Number("ybr", file);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(Number("rotation", file, 0)));
        double x = (left + right) / 2, y = (top + bottom) / 2, across = (right - left) / 2, down = (bottom - top) / 2;
        PolygonPoint Corner(double toRight, double toBottom) => new(
            x + (toRight * across * cos) - (toBottom * down * sin), y + (toRight * across * sin) + (toBottom * down * cos));
        return [Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)];
    }

    private RowRunLengthShape Mask(string file)
    {
        int[] counts = [.. Text("rle", file).Split(',').Select(count => Whole(count, "rle", file))];
        int Value(string name) => Whole(Text(name, file), name, file);
        int width = Value("width"), height = Value("height");
        return width > 0 && height > 0
            ? new RowRunLengthShape(counts, Value("left"), Value("top"), width, height)
            : throw Fault("width", $"{width}x{height}", file);
    }

    private string Text(string name, string file) => Values.TryGetValue(name, out string? value)
        ? value
        : throw new InvalidDataException($"The {Kind} in line {Line} of '{file}' has no '{name}'. Export the file anew.");

    private double Number(string name, string file) => Parse(Text(name, file), name, file);

    private double Number(string name, string file, double fallback) =>
        Values.ContainsKey(name) ? Number(name, file) : fallback;

    private double Parse(string text, string name, string file) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Fault(name, text, file);

    private int Whole(string text, string name, string file) =>
        Parse(text, name, file) is var number && Math.Floor(number) == number && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Fault(name, text, file);

    private InvalidDataException Fault(string name, string text, string file) => new(
        $"The {Kind} in line {Line} of '{file}' has the {name} '{PrintableText.Of(text, 60)}', which is not what it should be. "
        + "Export the file anew.");
}
