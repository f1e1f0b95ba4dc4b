using System.Text.Json;

namespace MLSegmentation;

/// <summary>A region of VIA's.</summary>
internal sealed class ViaRegion
{
    private const string NoLabel = "object";
    private static readonly string[] _preferred = ["label", "class", "name", "type", "category"];

    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly Dictionary<string, double> _numbers = [];
    private string _kind = "";
    private List<double> _across = [];
    private List<double> _down = [];

    private ViaRegion()
    {
    }

    /// <summary>The attribute that has the classes of some regions; null where they have none.</summary>
    public static string? AttributeOf(IEnumerable<ViaRegion> regions)
    {
        string[] names = [.. regions.SelectMany(region => region._attributes.Select(one => one.Name)).Distinct()];
        return _preferred.FirstOrDefault(one => names.Contains(one, StringComparer.OrdinalIgnoreCase)) is { } preferred
            ? names.First(name => name.Equals(preferred, StringComparison.OrdinalIgnoreCase))
            : names.FirstOrDefault();
    }

    /// <summary>Reads the object in hand.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ViaRegion Read(JsonFileReader json)
    {
        var region = new ViaRegion();
        foreach (string property in json.Properties())
        {
            if (json.Token != JsonTokenType.StartObject) continue;
            if (property == "shape_attributes") region.ReadShape(json);
            else if (property == "region_attributes") region.ReadAttributes(json);
        }
        return region._kind.Length > 0 ? region : throw json.Unexpected("a region has no shape_attributes with a name");
    }

    /// <summary>Its class.</summary>
    /// <param name="attribute">The attribute that has it.</param>
    public string LabelBy(string? attribute) =>
        _attributes.Where(one => one.Name == attribute && one.Value.Length > 0).Select(one => one.Value).FirstOrDefault(NoLabel);

    /// <summary>Its pixels, or why it has none.</summary>
    /// <param name="origin">Where it is, for errors.</param>
    /// <exception cref="InvalidDataException">A number is missing.</exception>
    public (RegionShape? Shape, string? Fault) ToShape(string origin)
    {
        switch (_kind)
        {
            case "polygon" or "polyline" when _across.Count != _down.Count:
                throw new InvalidDataException(
                    $"The {_kind} in {origin} has {_across.Count} all_points_x and {_down.Count} all_points_y, expected as many. "
                    + "Export the file anew.");
            case "polygon":
                return _across.Count >= 3
                    ? (new PolygonShape([.. _across.Zip(_down, (x, y) => new PolygonPoint(x, y))]), null)
                    : (null, $"has {Plural.Of(_across.Count, "point")}, expected at least 3");
            case "rect":
                var corner = new PolygonPoint(Number("x", origin), Number("y", origin));
                return (
                    new PolygonShape(BoxCorners.Of(corner, 0, 0, Number("width", origin), Number("height", origin))), null);
            case "circle":
                return Ellipse(Number("r", origin), Number("r", origin), 0, origin);
            case "ellipse":
                double degrees = double.RadiansToDegrees(_numbers.GetValueOrDefault("theta"));
                return Ellipse(Number("rx", origin), Number("ry", origin), degrees, origin);
            default:
                return (null, $"is a {_kind}, which has no area");
        }
    }

    private (RegionShape? Shape, string? Fault) Ellipse(double radiusX, double radiusY, double degrees, string origin) =>
        radiusX > 0 && radiusY > 0
            ? (new EllipseShape(new PolygonPoint(Number("cx", origin), Number("cy", origin)), radiusX, radiusY, degrees), null)
            : (null, "has no width or no height");

    private double Number(string name, string origin) => _numbers.TryGetValue(name, out double number)
        ? number
        : throw new InvalidDataException($"The {_kind} in {origin} has no number '{name}'. Export the file anew.");

    private void ReadShape(JsonFileReader json)
    {
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "name": _kind = json.GetTextOrNull() ?? ""; break;
                case "all_points_x": _across = json.ReadNumbers(); break;
                case "all_points_y": _down = json.ReadNumbers(); break;
                default:
                    if (json.GetNumber() is { } number) _numbers[property] = number;
                    break;
            }
        }
    }

    private void ReadAttributes(JsonFileReader json)
    {
        foreach (string property in json.Properties())
        {
            if (json.Token != JsonTokenType.StartObject)
            {
                _attributes.Add((property, json.GetTextOrNull()?.Trim() ?? ""));
                continue;
            }
            string ticked = "";
            foreach (string box in json.Properties())
            {
                if (json.IsTrue && ticked.Length == 0) ticked = box;
            }
            _attributes.Add((property, ticked));
        }
    }
}
