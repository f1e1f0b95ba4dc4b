using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Weights;

/// <summary>Writes the safetensors format that <see cref="SafetensorsReader"/> reads.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes tensors of float32, in the order given.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="metadata">Texts that belong to them.</param>
    /// <param name="tensors">The tensors; one at a time is copied.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var header = new JsonObject { [SafetensorsReader.MetadataName] = JsonSerializer.SerializeToNode(metadata) };
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
}
