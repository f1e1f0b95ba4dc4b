using System.Text.Json;

namespace MLSegmentation;

/// <summary>A result of Label Studio that has a label.</summary>
/// <param name="Origin">Where it is in its file.</param>
/// <param name="Label">Its label.</param>
/// <param name="Size">The size of the image that was annotated; null where it does not say.</param>
/// <param name="Shape">Its pixels; null where it has none.</param>
/// <param name="Fault">Why it has none.</param>
internal sealed record LabelStudioRegion(
    string Origin, string Label, (int Width, int Height)? Size, RegionShape? Shape, string? Fault)
{
    private const double Percent = 100;

    /// <summary>Reads the object in hand; null for one without a label, such as a choice or a relation.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static LabelStudioRegion? Read(JsonFileReader json, string origin)
    {
        string? kind = null;
        long? width = null, height = null, turned = null;
        var value = new LabelStudioValue();
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "type": kind = json.GetTextOrNull(); break;
                case "original_width": width = json.GetWhole(); break;
                case "original_height": height = json.GetWhole(); break;
                case "image_rotation": turned = json.GetWhole(); break;
                case "value" when json.Token == JsonTokenType.StartObject:
                    foreach (string field in json.Properties()) value = value.With(field, json);
                    break;
                // In JSON-MIN the fields of the value are beside the size.
                default: value = value.With(property, json); break;
            }
        }
        if (value.Label is not { } label) return null;
        if (turned is not (null or 0))
            return new LabelStudioRegion(origin, label, null, null, $"was drawn on an image turned by {turned} degrees");
        if (width is not (> 0 and <= int.MaxValue) || height is not (> 0 and <= int.MaxValue))
            throw json.Unexpected($"{origin} has no original_width and original_height");
        var size = ((int)width, (int)height);
        // Where shape and label are controls of their own, a result has the shape, and one of type labels both.
        var (shape, fault) = Shaped(json, origin, kind is null or "labels" ? value.Kind : kind, value, size);
        return new LabelStudioRegion(origin, label, size, shape, fault);
    }

    private static (RegionShape? Shape, string? Fault) Shaped(
        JsonFileReader json, string origin, string kind, LabelStudioValue value, (int Width, int Height) size)
    {
        BoundedShape Bounded(RegionShape shape, params IEnumerable<double> coordinates) => new(shape, coordinates, Percent);
        PolygonPoint Scaled(double x, double y) => new(x / Percent * size.Width, y / Percent * size.Height);
        switch (kind)
        {
            case "polygonlabels" or "polygon":
                return value.Points.Length >= 3
                    ? (Bounded(
                        new PolygonShape([.. value.Points.Select(point => Scaled(point.X, point.Y))]),
                        value.Points.SelectMany(point => new[] { point.X, point.Y })), null)
                    : (null, $"has {Plural.Of(value.Points.Length, "point")}, expected at least 3");
            case "rectanglelabels" or "rectangle":
                PolygonPoint corner = Scaled(value.X, value.Y), sides = Scaled(value.Width, value.Height);
                var box = new PolygonShape(BoxCorners.Of(corner, 0, 0, sides.X, sides.Y, value.Rotation));
                // It is turned around its upper left corner, which may be outside of the image then.
                return (value.Rotation == 0
                    ? Bounded(box, value.X, value.Y, value.X + value.Width, value.Y + value.Height)
                    : box, null);
            case "ellipselabels" or "ellipse":
                PolygonPoint radius = Scaled(value.RadiusX, value.RadiusY);
                return radius is { X: > 0, Y: > 0 }
                    ? (Bounded(
                        new EllipseShape(Scaled(value.X, value.Y), radius.X, radius.Y, value.Rotation), value.X, value.Y), null)
                    : (null, "has no width or no height");
            case "brushlabels" or "brush":
                byte[] runs = value.RunLengths ?? throw json.Unexpected($"{origin} is a brush and has no rle");
                return (new BrushShape(runs, size.Width, size.Height), null);
            default:
                return (null, $"is of the type {kind}, which has no area");
        }
    }
}
