using System.Text;
using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Polygons as a GeoJSON geometry, a MultiPolygon, in pixels: x to the right, y downwards, (0, 0) the image's upper left corner.
/// A ring ends where it began, and goes the way of RFC 7946, 3.1.6: counterclockwise around a region where y is taken upwards,
/// clockwise on the screen.
/// </summary>
internal static class GeoJsonGeometry
{
    /// <summary>The geometry as text. No polygons give <c>{"type":"MultiPolygon","coordinates":[]}</c>.</summary>
    public static string Text(IEnumerable<MaskPolygon> polygons)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(json, polygons);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<MaskPolygon> polygons)
    {
        json.WriteStartObject();
        json.WriteString("type", "MultiPolygon");
        json.WriteStartArray("coordinates");
        foreach (MaskPolygon polygon in polygons)
        {
            json.WriteStartArray();
            WriteRing(json, polygon.Outer);
            foreach (IReadOnlyList<PixelPoint> hole in polygon.Holes) WriteRing(json, hole);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRing(Utf8JsonWriter json, IReadOnlyList<PixelPoint> ring)
    {
        json.WriteStartArray();
        foreach (PixelPoint point in ring.Append(ring[0]))
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
