using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes masks as COCO's JSON of instances. Images and annotations are numbered from 1 as they are added. Category k + 1 is
/// class k, and key 0 is in no annotation. A segmentation without holes is a list of polygons along the borders of pixels. With
/// holes, and always with <see cref="CocoOptions.RunLengthsOnly"/>, it is compressed run lengths; <c>iscrowd</c> is 0. The COCO
/// API makes exactly the mask's pixels of either. A bounding box is x, y, width and height in pixels, an area a number of pixels.
/// </summary>
/// <remarks>Source: the "data format" of cocodataset.org, and <c>maskApi.c</c> of the COCO API.</remarks>
public sealed class CocoWriter : MaskFileWriter
{
    private const int BufferBytes = 1 << 16;
    private readonly CocoOptions _options;
    private readonly JsonItems _images;
    private readonly JsonItems _annotations;

    // A JSON document has the images in one place and the annotations in another: the latter wait here, as there is no bound on
    // their number.
    private readonly FileStream _waiting;
    private int _imageId;
    private int _annotationId;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; what was there is replaced when this is complete. Its folder must exist.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="options">Null for the defaults: an annotation for each region, as polygons where it has no holes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The background is no class.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public CocoWriter(string path, IReadOnlyList<string> classNames, CocoOptions? options = null)
        : base(path, classNames, options?.Background)
    {
        _options = options ?? new CocoOptions();
        try
        {
            _waiting = new FileStream(
                path + ".annotations.partial", FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes,
                FileOptions.DeleteOnClose);
        }
        catch
        {
            Dispose();
            throw;
        }
        _images = new JsonItems(Stream);
        _annotations = new JsonItems(_waiting);
        WriteBegin();
    }

    private protected override void Write(string image, ReadOnlySpan<uint> mask, int width, int height)
    {
        _imageId++;
        Utf8JsonWriter json = _images.Begin();
        json.WriteNumber("id", _imageId);
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteString("file_name", image);
        _images.End();

        // Both number the regions by their first pixels.
        IReadOnlyList<MaskPolygon> polygons = MaskPolygons.Trace(mask, width, height);
        ReadOnlySpan<uint> parts = _options.OnePerClass
            ? mask
            : ConnectedRegions.Find(mask, width, height, Connectivity.Four).Labels;
        IReadOnlyDictionary<uint, IReadOnlyList<int>> runs = RunLengths.EncodeAll(parts, width, height);
        var annotations = polygons.Select(
            (polygon, index) => (Part: _options.OnePerClass ? polygon.Key : (uint)index + 1, Polygon: polygon))
            .GroupBy(item => item.Part, item => item.Polygon);
        foreach (IGrouping<uint, MaskPolygon> annotation in annotations)
            WriteAnnotation([.. annotation], runs[annotation.Key], width, height);
    }

    private protected override void WriteEnd()
    {
        Stream.Write("\n],\"annotations\":["u8);
        _waiting.Position = 0;
        _waiting.CopyTo(Stream);
        Stream.Write("\n]}\n"u8);
    }

    private protected override void Close()
    {
        // It is not there where the constructor failed.
        _waiting?.Dispose();
        base.Close();
    }

    private void WriteBegin()
    {
        Stream.Write("{\"info\":{\"description\":\"Masks of MLSegmentation\"},\"licenses\":[],\"categories\":["u8);
        var categories = new JsonItems(Stream);
        for (int index = 0; index < ClassNames.Count; index++)
        {
            Utf8JsonWriter json = categories.Begin();
            json.WriteNumber("id", index + 1);
            json.WriteString("name", ClassNames[index]);
            json.WriteString("supercategory", "");
            categories.End();
        }
        Stream.Write("\n],\"images\":["u8);
    }

    private void WriteAnnotation(MaskPolygon[] polygons, IReadOnlyList<int> counts, int width, int height)
    {
        PixelPoint[] corners = [.. polygons.SelectMany(polygon => polygon.Outer)];
        int left = corners.Min(point => point.X), top = corners.Min(point => point.Y);
        Utf8JsonWriter json = _annotations.Begin();
        json.WriteNumber("id", ++_annotationId);
        json.WriteNumber("image_id", _imageId);
        json.WriteNumber("category_id", polygons[0].Key);
        WriteNumbers(json, "bbox", [left, top, corners.Max(point => point.X) - left, corners.Max(point => point.Y) - top]);
        json.WriteNumber("area", counts.Where((_, run) => run % 2 == 1).Sum());
        json.WriteNumber("iscrowd", 0);
        if (_options.RunLengthsOnly || polygons.Any(polygon => polygon.Holes.Count > 0))
        {
            json.WriteStartObject("segmentation");
            WriteNumbers(json, "size", [height, width]);
            json.WriteString("counts", RunLengthText.Compress(counts));
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("segmentation");
            foreach (MaskPolygon polygon in polygons)
                WriteNumbers(json, null, polygon.Outer.SelectMany(point => new[] { point.X, point.Y }));
            json.WriteEndArray();
        }
        _annotations.End();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<int> numbers)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
