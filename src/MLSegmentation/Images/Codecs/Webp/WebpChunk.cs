using System.Buffers.Binary;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// A chunk of a WebP file: four letters, the length of its content, the content, and a byte where the length is odd.
/// </summary>
internal sealed record WebpChunk(string Name, ReadOnlyMemory<byte> Content)
{
    public const int HeaderBytes = 8;

    /// <summary>The bytes that the chunk takes in a file.</summary>
    public int Length => HeaderBytes + Content.Length + (Content.Length & 1);

    /// <summary>The chunks up to one that goes beyond the data.</summary>
    public static List<WebpChunk> ReadAll(ReadOnlyMemory<byte> data)
    {
        var chunks = new List<WebpChunk>();
        while (data.Length >= HeaderBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(data.Span[4..]);
            if (length > data.Length - HeaderBytes) break;
            var chunk = new WebpChunk(Encoding.Latin1.GetString(data.Span[..4]), data.Slice(HeaderBytes, (int)length));
            chunks.Add(chunk);
            data = data[Math.Min(chunk.Length, data.Length)..];
        }
        return chunks;
    }

    /// <summary>Writes the chunk.</summary>
    /// <returns>The place behind it.</returns>
    public int Write(Span<byte> target)
    {
        Encoding.Latin1.GetBytes(Name, target);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], Content.Length);
        Content.Span.CopyTo(target[HeaderBytes..]);
        target[(HeaderBytes + Content.Length)..Length].Clear();
        return Length;
    }
}
