using System.Text.Json;

namespace MLSegmentation;

/// <summary>The value of a result of Label Studio; lengths are per cent of the image's width and height.</summary>
internal sealed record LabelStudioValue
{
    /// <summary>The label; null where it has none.</summary>
    public string? Label { get; private init; }

    /// <summary>Of a polygon, its points.</summary>
    public PolygonPoint[] Points { get; private init; } = [];

    /// <summary>Of a brush, its run lengths as bytes.</summary>
    public byte[]? RunLengths { get; private init; }

    public double X { get; private init; }

    public double Y { get; private init; }

    public double Width { get; private init; }

    public double Height { get; private init; }

    public double RadiusX { get; private init; }

    public double RadiusY { get; private init; }

    /// <summary>Degrees by which it is turned clockwise.</summary>
    public double Rotation { get; private init; }

    /// <summary>What its fields are of.</summary>
    public string Kind => Points.Length > 0 ? "polygon"
        : RunLengths is not null ? "brush"
        : RadiusX > 0 ? "ellipse"
        : Width > 0 && Height > 0 ? "rectangle" : "keypoint";

    /// <summary>Reads the object in hand.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static LabelStudioValue Read(JsonFileReader json)
    {
        var value = new LabelStudioValue();
        foreach (string property in json.Properties())
        {
            value = property switch
            {
                "points" => value with { Points = json.ReadPoints() },
                "rle" => value with { RunLengths = [.. json.ReadNumbers().Select(number => Byte(json, number))] },
                "x" => value with { X = Number(json) },
                "y" => value with { Y = Number(json) },
                "width" => value with { Width = Number(json) },
                "height" => value with { Height = Number(json) },
                "radiusX" => value with { RadiusX = Number(json) },
                "radiusY" => value with { RadiusY = Number(json) },
                "rotation" => value with { Rotation = Number(json) },
                _ when property.EndsWith("labels", StringComparison.Ordinal) => value with { Label = FirstText(json) },
                _ => value,
            };
        }
        return value;
    }

    private static string? FirstText(JsonFileReader json)
    {
        string? first = null;
        if (json.Token != JsonTokenType.StartArray) return json.GetTextOrNull();
        foreach (int _ in json.Items()) first ??= json.GetTextOrNull();
        return first;
    }

    private static double Number(JsonFileReader json) =>
        json.GetNumber() ?? throw json.Damaged("a value has no number where one belongs");

    private static byte Byte(JsonFileReader json, double number) =>
        number is >= 0 and <= byte.MaxValue && Math.Floor(number) == number
            ? (byte)number
            : throw json.Damaged($"the rle of a brush has the number {number}, expected bytes");
}
