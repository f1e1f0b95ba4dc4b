using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes masks as a GeoJSON FeatureCollection, with a feature for each image and each class in it. A feature has the properties
/// <c>image</c>, <c>class</c> and <c>area</c> in pixels. Its MultiPolygon has a polygon for each region of pixels connected over
/// their edges, holes included. Coordinates are pixels, x to the right and y downwards from the image's upper left corner. So a
/// viewer of maps shows them upside down.
/// </summary>
/// <remarks>Source: RFC 7946, whose orientation of rings holds with y taken upwards (<see cref="MaskPolygons.Trace"/>).</remarks>
public sealed class GeoJsonWriter : MaskFileWriter
{
    private readonly JsonItems _features;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; what was there is replaced when this is complete. Its folder must exist.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="background">The class, from 0, that is left out. Null, the default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The background is no class.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public GeoJsonWriter(string path, IReadOnlyList<string> classNames, int? background = null)
        : base(path, classNames, background)
    {
        _features = new JsonItems(Stream);
        Stream.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);
    }

    private protected override void Write(string image, ReadOnlySpan<uint> mask, int width, int height)
    {
        Dictionary<uint, int> areas = [];
        foreach (uint key in mask) areas[key] = areas.GetValueOrDefault(key) + 1;
        var classes = MaskPolygons.Trace(mask, width, height).GroupBy(polygon => polygon.Key).OrderBy(group => group.Key);
        foreach (IGrouping<uint, MaskPolygon> polygons in classes)
        {
            Utf8JsonWriter json = _features.Begin();
            json.WriteString("type", "Feature");
            json.WriteStartObject("properties");
            json.WriteString("image", image);
            json.WriteString("class", ClassNames[(int)polygons.Key - 1]);
            json.WriteNumber("area", areas[polygons.Key]);
            json.WriteEndObject();
            json.WritePropertyName("geometry");
            GeoJsonGeometry.Write(json, polygons);
            _features.End();
        }
    }

    private protected override void WriteEnd() => Stream.Write("\n]}\n"u8);
}
