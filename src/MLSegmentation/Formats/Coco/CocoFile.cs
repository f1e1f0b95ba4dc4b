using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// A COCO file while it is written. Images and annotations are numbered from 1 as they are added. A JSON document has the images
/// in one place and the annotations in another: the latter wait in a file beside it, as there is no bound on their number.
/// </summary>
internal sealed class CocoFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly Stream _stream;
    private readonly FileStream _waiting;
    private readonly JsonItems _images;
    private readonly JsonItems _annotations;
    private int _imageId;
    private int _annotationId;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="path">Its path.</param>
    /// <param name="description">What it says of itself.</param>
    /// <param name="categories">The id and the name of each category.</param>
    /// <exception cref="IOException">The file of the annotations cannot be written.</exception>
    public CocoFile(Stream stream, string path, string description, IEnumerable<(int Id, string Name)> categories)
    {
        _stream = stream;
        _waiting = new FileStream(
            path + ".annotations.partial", FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes,
            FileOptions.DeleteOnClose);
        _images = new JsonItems(stream);
        _annotations = new JsonItems(_waiting);
        WriteHead(description, categories);
    }

    /// <summary>Adds an image, to which annotations belong until the next.</summary>
    public void AddImage(string name, int width, int height)
    {
        _imageId++;
        Utf8JsonWriter json = _images.Begin();
        json.WriteNumber("id", _imageId);
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteString("file_name", name);
        _images.End();
    }

    /// <summary>Begins an annotation; what follows is written to what this returns, until <see cref="EndAnnotation"/>.</summary>
    /// <param name="category">The id of its category.</param>
    /// <param name="box">Its bounding box in pixels.</param>
    /// <param name="area">Its number of pixels.</param>
    public Utf8JsonWriter BeginAnnotation(int category, PixelBox box, long area)
    {
        Utf8JsonWriter json = _annotations.Begin();
        json.WriteNumber("id", ++_annotationId);
        json.WriteNumber("image_id", _imageId);
        json.WriteNumber("category_id", category);
        WriteNumbers(json, "bbox", [box.Left, box.Top, box.Width, box.Height]);
        json.WriteNumber("area", area);
        json.WriteNumber("iscrowd", 0);
        return json;
    }

    /// <summary>Ends an annotation.</summary>
    public void EndAnnotation() => _annotations.End();

    /// <summary>Writes the segmentation of an annotation as compressed run lengths.</summary>
    public static void WriteRunLengths(Utf8JsonWriter json, IReadOnlyList<int> counts, int width, int height)
    {
        json.WriteStartObject("segmentation");
        WriteNumbers(json, "size", [height, width]);
        json.WriteString("counts", RunLengthText.Compress(counts));
        json.WriteEndObject();
    }

    /// <summary>Writes the segmentation of an annotation as polygons: x and y of each point in turn.</summary>
    public static void WritePolygons(Utf8JsonWriter json, IEnumerable<IEnumerable<double>> polygons)
    {
        json.WriteStartArray("segmentation");
        foreach (IEnumerable<double> polygon in polygons)
        {
            json.WriteStartArray();
            foreach (double number in polygon) json.WriteNumberValue(number);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes what comes after the last image.</summary>
    public void Complete()
    {
        _stream.Write("\n],\"annotations\":["u8);
        _waiting.Position = 0;
        _waiting.CopyTo(_stream);
        _stream.Write("\n]}\n"u8);
    }

    /// <summary>Deletes what waits beside the file.</summary>
    public void Dispose() => _waiting.Dispose();

    private void WriteHead(string description, IEnumerable<(int Id, string Name)> categories)
    {
        _stream.Write("{\"info\":{\"description\":\""u8);
        _stream.Write(JsonEncodedText.Encode(description).EncodedUtf8Bytes);
        _stream.Write("\"},\"licenses\":[],\"categories\":["u8);
        var items = new JsonItems(_stream);
        foreach (var (id, name) in categories)
        {
            Utf8JsonWriter json = items.Begin();
            json.WriteNumber("id", id);
            json.WriteString("name", name);
            json.WriteString("supercategory", "");
            items.End();
        }
        _stream.Write("\n],\"images\":["u8);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
