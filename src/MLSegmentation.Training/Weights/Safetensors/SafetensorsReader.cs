using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace MLSegmentation.Training;

/// <summary>
/// Reads <c>.safetensors</c>: the header's length in 8 bytes, a JSON header with type, shape and place of each array, then the
/// arrays one after another. As its reference implementation does, it takes no header over 100 MB and no gap or overlap between
/// arrays (github.com/huggingface/safetensors, README, "Format").
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>The entry of the header that is no array.</summary>
    public const string MetadataName = "__metadata__";

    private const long LongestHeader = 100_000_000;

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a file of this length that begins with these bytes can be one.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= LongestHeader;

    /// <summary>Lists the arrays of the file.</summary>
    /// <exception cref="InvalidDataException">The header is wrong, or promises more or less than the file has.</exception>
    public static SafetensorsContent Read(Stream file)
    {
        file.Position = 0;
        Span<byte> lengthBytes = stackalloc byte[8];
        file.ReadExactly(lengthBytes);
        long length = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes), start = 8 + length;
        if (length is < 0 or > LongestHeader)
            throw new InvalidDataException($"its header has {(ulong)length:N0} bytes; the format allows {LongestHeader:N0}");
        if (start > file.Length)
            throw new InvalidDataException($"its header has {length:N0} bytes and the file {file.Length:N0}; it is truncated");
        var header = new byte[length];
        file.ReadExactly(header);

        using JsonDocument json = Parse(header);
        var properties = json.RootElement.EnumerateObject().Where(entry => entry.Name != MetadataName);
        Entry[] entries = [.. properties.Select(ReadEntry).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        CheckPlaces(entries, file.Length - start);
        return new SafetensorsContent(ReadMetadata(json.RootElement), [.. entries.Select(entry => new RawWeight(
            entry.Name, entry.Shape, RawWeight.RowStrides(entry.Shape), entry.Format, offset: 0,
            (offset, destination) =>
            {
                file.Position = start + entry.Begin + offset;
                file.ReadExactly(destination);
            }))]);
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement header)
    {
        try
        {
            return header.TryGetProperty(MetadataName, out JsonElement metadata)
                ? metadata.Deserialize<Dictionary<string, string>>() ?? []
                : [];
        }
        catch (Exception error) when (IsOfText(error))
        {
            throw new InvalidDataException($"the header's '{MetadataName}' holds more than texts: {error.Message}", error);
        }
    }

    private static JsonDocument Parse(byte[] header)
    {
        if (!Utf8.IsValid(header)) throw new InvalidDataException("its header is no JSON: it is no UTF-8");
        try
        {
            JsonDocument json = JsonDocument.Parse(header, _strict);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                : throw new InvalidDataException("its header is no JSON object");
        }
        catch (Exception error) when (IsOfText(error))
        {
            throw new InvalidDataException($"its header is no JSON: {error.Message}", error);
        }
    }

    // JSON of names that are no Unicode is an invalid operation.
    private static bool IsOfText(Exception error) => error is JsonException or InvalidOperationException;

    private static Entry ReadEntry(JsonProperty property)
    {
        try
        {
            string type = property.Value.GetProperty("dtype").GetString()!;
            long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] place = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            if (shape.Any(size => size < 0) || place is not [>= 0, >= 0])
                throw new InvalidDataException($"'{property.Name}' has a negative size, or no two places");
            var (format, bytes) = FormatOf(type);
            long needed = shape.Aggregate((long)bytes, (product, size) => checked(product * size));
            if (place[1] - place[0] != needed)
                throw new InvalidDataException(
                    $"'{property.Name}' ({type}, {WeightShape.Print(shape)}) needs {needed:N0} bytes and is given "
                    + $"{place[1] - place[0]:N0}");
            return new Entry(property.Name, shape, format, place[0], place[1]);
        }
        catch (Exception error)
            when (error is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException(
                $"the header's entry '{property.Name}' is no dtype, shape and data_offsets: {error.Message}", error);
        }
    }

    private static (NumberFormat Format, int Bytes) FormatOf(string type) => type switch
    {
        "F32" => (NumberFormat.Float32, 4),
        "F16" => (NumberFormat.Float16, 2),
        "BF16" => (NumberFormat.BFloat16, 2),
        "F64" or "I64" or "U64" => (NumberFormat.Other, 8),
        "I32" or "U32" => (NumberFormat.Other, 4),
        "I16" or "U16" => (NumberFormat.Other, 2),
        "I8" or "U8" or "BOOL" => (NumberFormat.Other, 1),
        _ => throw new FormatException($"the dtype '{type}' is unknown"),
    };

    private static void CheckPlaces(Entry[] entries, long available)
    {
        long end = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != end)
                throw new InvalidDataException(
                    $"'{entry.Name}' begins at byte {entry.Begin:N0} where the array before it ends at {end:N0}; arrays "
                    + "neither overlap nor leave gaps");
            end = entry.End;
        }
        if (end > available)
            throw new InvalidDataException($"its arrays need {end:N0} bytes and {available:N0} are there; it is truncated");
        if (end < available)
            throw new InvalidDataException(
                $"{available - end:N0} bytes follow its last array; it is no whole file of this format");
    }

    private sealed record Entry(string Name, long[] Shape, NumberFormat Format, long Begin, long End);
}
