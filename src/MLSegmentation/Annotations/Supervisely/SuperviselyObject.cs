using System.IO.Compression;
using System.Text.Json;

namespace MLSegmentation;

/// <summary>An object of Supervisely's.</summary>
/// <param name="Title">The title of its class.</param>
/// <param name="Shape">Its pixels; null where it has none.</param>
/// <param name="Fault">Why it has none.</param>
internal sealed record SuperviselyObject(string Title, RegionShape? Shape, string? Fault)
{
    private const int MostBytes = 64 << 20;

    /// <summary>The size of the image that a file is about; null where it does not say.</summary>
    public static (int Width, int Height)? SizeOf(string file)
    {
        using var json = new JsonFileReader(file);
        long? width = null, height = null;
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property != "size" || json.Token != JsonTokenType.StartObject) continue;
            foreach (string side in json.Properties())
            {
                if (side == "width") width = json.GetWhole();
                else if (side == "height") height = json.GetWhole();
            }
            // The objects need not be read for it.
            break;
        }
        return JsonNumbers.SizeOf(width, height);
    }

    /// <summary>Reads the object in hand.</summary>
    /// <exception cref="InvalidDataException">It is no object of Supervisely's.</exception>
    public static SuperviselyObject Read(JsonFileReader json)
    {
        string? title = null, kind = null;
        PolygonPoint[] outside = [];
        List<PolygonPoint[]> holes = [];
        BitmapShape? bitmap = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "classTitle": title = json.GetTextOrNull(); break;
                case "geometryType": kind = json.GetTextOrNull(); break;
                case "bitmap" when json.Token == JsonTokenType.StartObject: bitmap = ReadBitmap(json); break;
                case "points" when json.Token == JsonTokenType.StartObject:
                    foreach (string side in json.Properties())
                    {
                        if (side == "exterior") outside = json.ReadPoints();
                        if (side != "interior") continue;
                        foreach (int _ in json.Items()) holes.Add(json.ReadPoints());
                    }
                    break;
            }
        }
        if (title is null || kind is null) throw json.Unexpected("an object has no classTitle or no geometryType");
        var (shape, fault) = Shaped(json, kind, outside, holes, bitmap);
        return new SuperviselyObject(title, shape, fault);
    }

    private static (RegionShape? Shape, string? Fault) Shaped(
        JsonFileReader json, string kind, PolygonPoint[] outside, List<PolygonPoint[]> holes, BitmapShape? bitmap) => kind switch
        {
            "bitmap" => (bitmap ?? throw json.Unexpected("a bitmap has no data"), null),
            "polygon" when outside.Length >= 3 && holes.Count == 0 => (new ScanlinePolygonShape(outside), null),
            "polygon" when outside.Length >= 3 => (CutOut(outside, holes), null),
            "polygon" => (null, $"has {Plural.Of(outside.Length, "point")}, expected at least 3"),
            "rectangle" when outside is [var one, var other] => (
                new RectangleShape(
                    (int)Math.Min(one.X, other.X), (int)Math.Min(one.Y, other.Y), (int)Math.Max(one.X, other.X),
                    (int)Math.Max(one.Y, other.Y)), null),
            "rectangle" => throw json.Unexpected("a rectangle has not two corners"),
            _ => (null, $"is a {kind}, which has no area"),
        };

    private static CutOutShape CutOut(PolygonPoint[] outside, List<PolygonPoint[]> holes) => new(
        new ScanlinePolygonShape(outside),
        [.. holes.Where(hole => hole.Length >= 3).Select(hole => new ScanlinePolygonShape(hole))]);

    private static BitmapShape ReadBitmap(JsonFileReader json)
    {
        string? data = null;
        List<double>? origin = null;
        foreach (string property in json.Properties())
        {
            if (property == "data") data = json.GetTextOrNull();
            else if (property == "origin") origin = json.ReadNumbers();
        }
        if (data is null || origin is not [var left, var top]) throw json.Unexpected("a bitmap has no data or no origin");
        return new BitmapShape(PngRegion.Read(Inflate(json, data), "a bitmap"), (int)left, (int)top);
    }

    /// <summary>A PNG, compressed once more and written in base64.</summary>
    private static byte[] Inflate(JsonFileReader json, string data)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(Convert.FromBase64String(data)), CompressionMode.Decompress);
            byte[] png = new byte[MostBytes + 1];
            int length = stream.ReadAtLeast(png, png.Length, throwOnEndOfStream: false);
            return length <= MostBytes ? png[..length] : throw json.Unexpected($"a bitmap has more than {MostBytes >> 20} MB");
        }
        catch (Exception error) when (error is FormatException or InvalidDataException)
        {
            throw json.Unexpected("a bitmap is no compressed PNG in base64");
        }
    }
}
