using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Writes the safetensors format that <see cref="SafetensorsReader"/> reads, and as its last array a
/// <see cref="SafetensorsDigest"/>.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes tensors of float32, in the order given.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="metadata">Texts that belong to them.</param>
    /// <param name="tensors">The tensors; one at a time is copied.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var header = new JsonObject { [SafetensorsReader.MetadataName] = JsonSerializer.SerializeToNode(metadata) };
        long offset = 0;
        foreach (var (name, value) in tensors)
        {
            long end = offset + value.numel() * sizeof(float);
            header[name] = Describe("F32", value.shape, offset, end);
            offset = end;
        }
        header[SafetensorsDigest.Name] = Describe("U8", [SafetensorsDigest.Length], offset, offset + SafetensorsDigest.Length);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
        Put(length);
        Put(text);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            Put(value.detach().cpu().contiguous().bytes);
        }
        stream.Write(hash.GetHashAndReset());
    }

    private static JsonObject Describe(string type, long[] shape, long begin, long end) => new()
    {
        ["dtype"] = type,
        ["shape"] = JsonSerializer.SerializeToNode(shape),
        ["data_offsets"] = new JsonArray(begin, end),
    };
}
