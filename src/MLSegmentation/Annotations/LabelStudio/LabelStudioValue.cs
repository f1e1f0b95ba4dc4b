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

    /// <summary>The value with one of its properties more, which is in hand.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public LabelStudioValue With(string property, JsonFileReader json) => property switch
    {
        "points" => this with { Points = json.ReadPoints() },
        "rle" => this with { RunLengths = [.. json.ReadNumbers().Select(number => Byte(json, number))] },
        "x" => this with { X = Number(json) },
        "y" => this with { Y = Number(json) },
        "width" => this with { Width = Number(json) },
        "height" => this with { Height = Number(json) },
        "radiusX" => this with { RadiusX = Number(json) },
        "radiusY" => this with { RadiusY = Number(json) },
        "rotation" => this with { Rotation = Number(json) },
        _ when property.EndsWith("labels", StringComparison.Ordinal) => this with { Label = FirstText(json) },
        _ => this,
    };

    private static string? FirstText(JsonFileReader json)
    {
        string? first = null;
        if (json.Token != JsonTokenType.StartArray) return json.GetTextOrNull();
        foreach (int _ in json.Items()) first ??= json.GetTextOrNull();
        return first;
    }

    private static double Number(JsonFileReader json) =>
        json.GetNumber() ?? throw json.Unexpected("a value has no number where one belongs");

    private static byte Byte(JsonFileReader json, double number) =>
        number is >= 0 and <= byte.MaxValue && Math.Floor(number) == number
            ? (byte)number
            : throw json.Unexpected($"the rle of a brush has the number {number}, expected bytes");
}
