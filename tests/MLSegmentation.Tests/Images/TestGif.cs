namespace MLSegmentation.Tests;

/// <summary>
/// Builds GIF files of 128 colours: colour i is (2i, 255 - i, i). Codes are written at 8 bits, with a clear code before they
/// grow.
/// </summary>
internal static class TestGif
{
    private const byte Clear = 128;
    private const byte End = 129;

    /// <summary>One picture of the whole size for each array of indices.</summary>
    public static byte[] Build(int width, int height, params byte[][] pictures) =>
        [.. Start(width, height), .. pictures.SelectMany(indices => Picture(0, 0, width, height, indices)), 0x3B];

    public static byte[] Start(int width, int height) =>
        [.. "GIF89a"u8, .. UInt16(width), .. UInt16(height), 0xF6, 0, 0, .. Enumerable.Range(0, 128).SelectMany(Colour)];

    public static byte[] Picture(int x, int y, int width, int height, byte[] indices)
    {
        byte[] codes = [.. indices.Chunk(120).SelectMany(run => (byte[])[Clear, .. run]), End];
        return [
            0x2C, .. UInt16(x), .. UInt16(y), .. UInt16(width), .. UInt16(height), 0, 7,
            .. codes.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0];
    }

    public static byte[] Colour(int index) => [(byte)(2 * index), (byte)(255 - index), (byte)index];

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];
}
