using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Named tensors of float32 in one file of the safetensors format: the length of a header as 64-bit number, the header in JSON with type,
/// shape and place of every tensor, then their values. Tools that know the format open it.
/// </summary>
internal sealed class TensorFile : IDisposable
{
    private const string MetadataName = "__metadata__";
    private const int LargestHeader = 100 << 20;
    private readonly FileStream _stream;
    private readonly long _dataStart;
    private readonly Dictionary<string, (long[] Shape, long Start, long End)> _tensors = [];

    private TensorFile(FileStream stream)
    {
        _stream = stream;
        JsonObject header = ReadHeader(stream);
        _dataStart = stream.Position;
        foreach (var (name, value) in header)
        {
            if (name == MetadataName) Metadata = value.Deserialize<Dictionary<string, string>>()!;
            else _tensors.Add(name, ReadEntry(name, value!.AsObject(), stream.Length - _dataStart));
        }
    }

    /// <summary>What the file says beside its tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>The names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Writes tensors in the order given.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var header = new JsonObject { [MetadataName] = JsonSerializer.SerializeToNode(metadata) };
        long offset = 0;
        foreach (var (name, value) in tensors)
        {
            long end = offset + value.numel() * sizeof(float);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = JsonSerializer.SerializeToNode(value.shape),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        stream.Write(length);
        stream.Write(text);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            stream.Write(value.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or no such file.</exception>
    public static TensorFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new TensorFile(stream);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or NullReferenceException or ArgumentException or EndOfStreamException or InvalidDataException)
        {
            stream.Dispose();
            throw new InvalidDataException($"'{path}' is no whole file of tensors: {error.Message} It is damaged, or was made by something else.", error);
        }
    }

    /// <summary>Reads tensors, all that the file has, into these of the same names and shapes.</summary>
    /// <exception cref="InvalidDataException">The file has others; the message lists them.</exception>
    public void ReadInto(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        (string Name, Tensor Value)[] wanted = [.. tensors];
        string[] problems =
        [
            .. wanted.Where(one => !_tensors.ContainsKey(one.Name)).Select(one => $"'{one.Name}' is missing"),
            .. wanted.Where(one => _tensors.TryGetValue(one.Name, out var found) && !found.Shape.SequenceEqual(one.Value.shape))
                .Select(one => $"'{one.Name}' has the shape [{string.Join(", ", _tensors[one.Name].Shape)}], expected [{string.Join(", ", one.Value.shape)}]"),
            .. _tensors.Keys.Except(wanted.Select(one => one.Name)).Select(name => $"'{name}' is not in this network"),
        ];
        if (problems.Length > 0) throw new InvalidDataException($"'{_stream.Name}' does not fit the network: {string.Join("; ", problems)}.");
        using var noGradients = no_grad();
        foreach (var (name, value) in wanted)
        {
            using var scope = NewDisposeScope();
            Tensor read = empty(value.shape);
            _stream.Position = _dataStart + _tensors[name].Start;
            _stream.ReadExactly(read.bytes);
            value.copy_(read);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static JsonObject ReadHeader(FileStream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        stream.ReadExactly(length);
        long size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size < 0 || size > Math.Min(stream.Length - sizeof(long), LargestHeader))
            throw new InvalidDataException($"its header is said to have {size} bytes, but {stream.Length - sizeof(long)} follow.");
        var text = new byte[size];
        stream.ReadExactly(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static (long[] Shape, long Start, long End) ReadEntry(string name, JsonObject entry, long length)
    {
        long[] shape = entry["shape"].Deserialize<long[]>()!, place = entry["data_offsets"].Deserialize<long[]>()!;
        string type = entry["dtype"]!.GetValue<string>();
        if (type != "F32" || place.Length != 2 || place[0] < 0 || place[1] > length || place[1] - place[0] != shape.Aggregate(sizeof(float), (long size, long side) => checked(size * side)))
            throw new InvalidDataException($"the tensor '{name}' of type {type} at {string.Join("-", place)} does not fit its shape [{string.Join(", ", shape)}] and the {length} bytes of data.");
        return (shape, place[0], place[1]);
    }
}
