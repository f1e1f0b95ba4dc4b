using System.Globalization;
using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes Label Studio's JSON: a task for each image, with an annotation, or of a model a prediction, whose score is the mean of
/// its regions'. A region is a brush, or a polygon in per cent of the image's width and height. Results belong to a control
/// <c>label</c> for an image <c>image</c>; an image's address is that of a local file, by its path from the folder of images on.
/// </summary>
/// <remarks>
/// Source: Label Studio's documentation, "Label Studio JSON format" and "Import pre-annotated data". There is no place for pixels
/// to ignore: they are in no region.
/// </remarks>
internal sealed class LabelStudioWriter : IAnnotationWriter
{
    private const string Image = "image", Label = "label";
    private const double Percent = 100;

    private readonly AnnotationWriterOptions _options;
    private readonly PartialFile _file;
    private readonly JsonItems _tasks;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How labels are written.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">A class would be read as the background.</exception>
    public LabelStudioWriter(string path, AnnotationWriterOptions options)
    {
        options.Classes.RequireLabels();
        _options = options;
        _file = NewFile.Begin(path);
        _tasks = new JsonItems(_file.Stream);
        _file.Stream.Write("["u8);
    }

    private string Type => _options.AsPolygons ? "polygonlabels" : "brushlabels";

    public int Add(LabelledImage image)
    {
        MaskRegions regions = MaskRegions.Find(image, _options.Classes);
        Utf8JsonWriter json = _tasks.Begin();
        json.WriteStartObject("data");
        json.WriteString(
            Image, "/data/local-files/?d=" + string.Join('/', image.File.Split('/').Select(Uri.EscapeDataString)));
        json.WriteEndObject();
        json.WriteStartArray(_options.Model is null ? "annotations" : "predictions");
        json.WriteStartObject();
        if (_options.Model is not null) json.WriteString("model_version", _options.Model);
        if (regions.All.Average(region => region.Confidence) is { } score) json.WriteNumber("score", score);
        json.WriteStartArray("result");
        foreach (MaskRegion region in regions.All) WriteResult(json, regions, region, image);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        _tasks.End();
        return regions.All.Count;
    }

    public void Complete()
    {
        _file.Stream.Write("\n]\n"u8);
        _file.Complete();
    }

    public void Dispose() => _file.Dispose();

    private void WriteResult(Utf8JsonWriter json, MaskRegions regions, MaskRegion region, LabelledImage image)
    {
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"region{region.Number}"));
        json.WriteString("type", Type);
        json.WriteString("from_name", Label);
        json.WriteString("to_name", Image);
        json.WriteNumber("original_width", image.Width);
        json.WriteNumber("original_height", image.Height);
        json.WriteNumber("image_rotation", 0);
        if (region.Confidence is { } confidence) json.WriteNumber("score", confidence);
        json.WriteStartObject("value");
        if (_options.AsPolygons)
        {
            json.WriteStartArray("points");
            foreach (PolygonPoint point in RegionOutline.Of(region.Outline, _options.Tolerance))
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.X / image.Width * Percent);
                json.WriteNumberValue(point.Y / image.Height * Percent);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteBoolean("closed", true);
        }
        else
        {
            json.WriteString("format", "rle");
            json.WriteStartArray("rle");
            foreach (byte value in BrushEncoder.Encode(regions.RunsOf(region), image.Width, image.Height))
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
        json.WriteStartArray(Type);
        json.WriteStringValue(_options.Classes.LabelOf(region.Key));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
