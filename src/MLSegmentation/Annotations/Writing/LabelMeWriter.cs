using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes LabelMe's JSON, a file beside each image: images from elsewhere are copied there. A region is a <c>mask</c>, or a
/// polygon whose corners are a quarter of a pixel within it, as LabelMe cuts them to whole pixels that belong to the region.
/// Pixels to ignore have the label <c>__ignore__</c>. Of a prediction a shape has the key <c>score</c>, which LabelMe keeps.
/// </summary>
/// <remarks>Source: <c>_label_file.py</c> and <c>_utils/shape.py</c> of LabelMe 7.</remarks>
internal sealed class LabelMeWriter : IAnnotationWriter
{
    private const string Version = "5.8.1";
    private const double Inset = 0.25;
    private static readonly JsonWriterOptions _format = new() { Indented = true };

    private readonly string _folder;
    private readonly AnnotationWriterOptions _options;
    private readonly NewFiles _files = new();

    /// <summary>Begins a folder.</summary>
    /// <exception cref="InvalidDataException">A class would be read as the background or as ignored.</exception>
    public LabelMeWriter(string folder, AnnotationWriterOptions options)
    {
        (_folder, _options) = (folder, options);
        options.Classes.RequireLabels(LabelMeReader.Ignored);
    }

    public IEnumerable<string> FilesOf(ListedFile image) => [ShapesOf(image.Name), .. ImageCopies.FilesOf(image, _folder)];

    public int Add(LabelledImage image)
    {
        MaskRegions regions = MaskRegions.Find(image, _options.Classes, withIgnored: true);
        ImageCopies.Add(image, _folder, _files);
        AtomicFile.Write(_files.Claim(ShapesOf(image.Name)), stream =>
        {
            using var json = new Utf8JsonWriter(stream, _format);
            json.WriteStartObject();
            json.WriteString("version", Version);
            json.WriteStartObject("flags");
            json.WriteEndObject();
            json.WriteStartArray("shapes");
            foreach (MaskRegion region in regions.All) WriteShape(json, regions, region);
            json.WriteEndArray();
            json.WriteString("imagePath", Path.GetFileName(image.File));
            json.WriteNull("imageData");
            json.WriteNumber("imageHeight", image.Height);
            json.WriteNumber("imageWidth", image.Width);
            json.WriteEndObject();
        });
        return regions.All.Count;
    }

    public void Complete() => _files.Complete();

    public void Dispose() => _files.Dispose();

    private string ShapesOf(string name) => NewFile.Within(_folder, name + ".json");

    private void WriteShape(Utf8JsonWriter json, MaskRegions regions, MaskRegion region)
    {
        PixelBox box = region.Box;
        json.WriteStartObject();
        json.WriteString("label", region.Key == 0 ? LabelMeReader.Ignored : _options.Classes.LabelOf(region.Key));
        // The corners of a mask are pixels, both within.
        PolygonPoint[] points = _options.AsPolygons
            ? RegionOutline.Of(region.Outline, _options.Tolerance, Inset)
            : [new(box.Left, box.Top), new(box.Left + box.Width - 1, box.Top + box.Height - 1)];
        json.WriteStartArray("points");
        foreach (PolygonPoint point in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteNull("group_id");
        json.WriteString("description", "");
        json.WriteString("shape_type", _options.AsPolygons ? "polygon" : "mask");
        json.WriteStartObject("flags");
        json.WriteEndObject();
        if (_options.AsPolygons) json.WriteNull("mask");
        else json.WriteBase64String("mask", PngOf(regions, region));
        if (region.Confidence is { } confidence) json.WriteNumber("score", confidence);
        json.WriteEndObject();
    }

    /// <summary>The pixels of a region's box: 1 inside, 0 outside.</summary>
    private static byte[] PngOf(MaskRegions regions, MaskRegion region)
    {
        PixelBox box = region.Box;
        var inside = new byte[box.Width * box.Height];
        foreach (PixelRun run in regions.RunsOf(region))
        {
            int row = (run.Y - box.Top) * box.Width;
            inside.AsSpan(row + run.Left - box.Left, run.Right - run.Left).Fill(1);
        }
        using var stream = new MemoryStream();
        PngWriter.WriteGray(stream, inside, box.Width, box.Height);
        return stream.ToArray();
    }
}
