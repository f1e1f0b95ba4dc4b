namespace MLSegmentation;

/// <summary>A shape of LabelMe.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Kind">Its kind, such as <c>polygon</c>.</param>
/// <param name="Points">Its points: of a circle the centre and a point of the rim, of a rectangle and a mask two corners.</param>
/// <param name="Mask">Of a mask, a PNG in base64; else null.</param>
internal sealed record LabelMeShape(string Label, string Kind, PolygonPoint[] Points, string? Mask)
{
    /// <summary>Points beyond it are moved there: no image is as large.</summary>
    private const double Farthest = 1 << 20;

    /// <summary>Reads the object in hand.</summary>
    /// <exception cref="InvalidDataException">It is no shape.</exception>
    public static LabelMeShape Read(JsonFileReader json)
    {
        string? label = null, kind = "polygon", mask = null;
        PolygonPoint[] points = [];
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "label": label = json.GetTextOrNull(); break;
                // Files of the first versions have polygons alone, and no word for it.
                case "shape_type": kind = json.GetTextOrNull() ?? "polygon"; break;
                case "mask": mask = json.GetTextOrNull(); break;
                case "points": points = json.ReadPoints(); break;
            }
        }
        return new LabelMeShape(label ?? throw json.Unexpected("a shape has no label"), kind, points, mask);
    }

    /// <summary>Its pixels, or why it has none.</summary>
    /// <param name="file">The file that it is in, for errors.</param>
    /// <exception cref="InvalidDataException">It is of no known kind, or its mask is damaged.</exception>
    public (RegionShape? Shape, string? Fault) ToRegion(string file) => Kind switch
    {
        "polygon" or "oriented_rectangle" when Points.Length >= 3 => (new ScanlinePolygonShape(Points), null),
        "polygon" or "oriented_rectangle" => (null, $"is a {Kind} of {Plural.Of(Points.Length, "point")}, expected at least 3"),
        "rectangle" when Points is [var one, var other] => (Rectangle(one, other), null),
        "circle" when Points is [var centre, var rim] => (Circle(centre, rim), null),
        "mask" when Points is [var corner, _] && Mask is not null => (ReadMask(corner, file), null),
        "rectangle" or "circle" or "mask" => (null, $"is a {Kind} of {Plural.Of(Points.Length, "point")}, expected 2"),
        "point" or "points" or "line" or "linestrip" => (null, $"is a {Kind}, which has no area"),
        _ => throw new InvalidDataException(
            $"The file '{file}' has a shape of the kind '{PrintableText.Of(Kind)}', expected polygon, rectangle, circle, mask, "
            + "line, linestrip or point."),
    };

    private static RectangleShape Rectangle(PolygonPoint one, PolygonPoint other) => new(
        Whole(Math.Min(one.X, other.X)), Whole(Math.Min(one.Y, other.Y)), Whole(Math.Max(one.X, other.X)),
        Whole(Math.Max(one.Y, other.Y)));

    private static BoxedEllipseShape Circle(PolygonPoint centre, PolygonPoint rim)
    {
        double radius = Math.Sqrt(Math.Pow(centre.X - rim.X, 2) + Math.Pow(centre.Y - rim.Y, 2));
        return new BoxedEllipseShape(
            Whole(centre.X - radius), Whole(centre.Y - radius), Whole(centre.X + radius), Whole(centre.Y + radius));
    }

    private BitmapShape ReadMask(PolygonPoint corner, string file)
    {
        byte[] png;
        try
        {
            png = Convert.FromBase64String(Mask!);
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"The file '{file}' has a mask that is no base64. Export it anew.", error);
        }
        // A mask that was moved has fractions, which LabelMe rounds as numpy does.
        return new BitmapShape(
            PngRegion.Read(png, $"a mask in '{file}'"), Whole(Math.Round(corner.X)), Whole(Math.Round(corner.Y)));
    }

    private static int Whole(double value) => (int)Math.Clamp(value, -Farthest, Farthest);
}
