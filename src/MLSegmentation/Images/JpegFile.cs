using System.Buffers.Binary;

namespace MLSegmentation.Images;

/// <summary>The segments of a JPEG file.</summary>
internal static class JpegFile
{
    private const byte Escape = 0x00;
    private const byte FirstRestart = 0xD0;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte Temporary = 0x01;

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]);

    /// <summary>
    /// Whether the image reaches its end marker. Decoders fill what a truncated file lacks with gray without an error, and the end
    /// marker of a thumbnail inside a segment is not the image's, so the segments are walked.
    /// </summary>
    public static bool HasEnd(ReadOnlySpan<byte> data)
    {
        int position = 2;
        while (position < data.Length)
        {
            int skip = data[position..].IndexOf((byte)0xFF);
            if (skip < 0 || position + skip + 1 >= data.Length) return false;
            position += skip + 1;
            byte marker = data[position];

            // More than one 0xFF is fill; this one may start the marker.
            if (marker == 0xFF) continue;
            position++;
            if (marker == EndOfImage) return true;
            if (marker is Escape or (>= FirstRestart and <= StartOfImage) or Temporary) continue;
            if (data.Length - position < 2) return false;
            position += Math.Max(BinaryPrimitives.ReadUInt16BigEndian(data[position..]), (ushort)2);
        }
        return false;
    }
}
