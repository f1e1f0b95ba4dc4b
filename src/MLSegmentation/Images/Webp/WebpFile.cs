using System.Buffers.Binary;

namespace MLSegmentation.Images;

/// <summary>The chunks of a WebP file (RFC 9649, section 2).</summary>
internal static class WebpFile
{
    private const int RiffHeader = 8;
    private const int FirstChunk = 12;
    private const int ChunkHeader = 8;

    public static bool HasSignature(ReadOnlySpan<byte> data) =>
        data.Length >= FirstChunk && data.StartsWith("RIFF"u8) && data[RiffHeader..].StartsWith("WEBP"u8);

    /// <summary>Whether the file has as many bytes as its header states.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> data) =>
        data.Length >= RiffHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);

    /// <summary>The EXIF data; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Exif(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> rest = data[FirstChunk..];
        while (rest.Length >= ChunkHeader)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - ChunkHeader) break;
            if (rest.StartsWith("EXIF"u8)) return rest.Slice(ChunkHeader, (int)length);

            // Chunks start at even positions.
            rest = rest[Math.Min(ChunkHeader + (int)length + ((int)length & 1), rest.Length)..];
        }
        return [];
    }
}
