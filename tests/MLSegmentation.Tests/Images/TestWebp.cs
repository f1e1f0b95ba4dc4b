using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>
/// Builds WebP files: pictures encoded without loss by Skia, in a container of our own where needed (RFC 9649).
/// </summary>
internal static class TestWebp
{
    private const int FirstChunk = 12;

    public static byte[] Lossless(SKBitmap bitmap)
    {
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Webp, 100);
        return data.ToArray();
    }

    /// <summary>The picture with an EXIF chunk behind it.</summary>
    public static byte[] WithExif(byte[] webp, byte[] exif) => Container([.. webp[FirstChunk..], .. Chunk("EXIF"u8, exif)]);

    /// <summary>An animation of pictures of one size.</summary>
    public static byte[] Animated(int width, int height, params byte[][] webps)
    {
        byte[] size = [.. UInt24(width - 1), .. UInt24(height - 1)];
        byte[] frames =
            [.. webps.SelectMany(webp => Chunk("ANMF"u8, [0, 0, 0, 0, 0, 0, .. size, 100, 0, 0, 0, .. webp[FirstChunk..]]))];
        return Container([.. Chunk("VP8X"u8, [0x02, 0, 0, 0, .. size]), .. Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0]), .. frames]);
    }

    /// <summary>The picture on a canvas, with other chunks before it.</summary>
    public static byte[] Extended(byte[] webp, int width, int height, params (string Name, byte[] Content)[] chunks) =>
        Container([
            .. Chunk("VP8X"u8, [0x3C, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)]),
            .. chunks.SelectMany(chunk => Chunk(Encoding.ASCII.GetBytes(chunk.Name), chunk.Content)), .. Pictures(webp)]);

    /// <summary>The chunks of a file without its canvas.</summary>
    private static byte[] Pictures(byte[] webp) =>
        webp.AsSpan(FirstChunk).StartsWith("VP8X"u8) ? webp[(FirstChunk + 18)..] : webp[FirstChunk..];

    private static byte[] Container(byte[] chunks) => [.. "RIFF"u8, .. UInt32(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content) =>
        [.. name, .. UInt32(content.Length), .. content, .. new byte[content.Length & 1]];

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] UInt32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
