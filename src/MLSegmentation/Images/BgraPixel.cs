using System.Runtime.Intrinsics;

namespace MLSegmentation;

/// <summary>
/// A pixel as <see cref="DecodedImage"/> holds it: blue in the lowest byte, then green, red and straight alpha.
/// </summary>
internal static class BgraPixel
{
    /// <summary>Full alpha.</summary>
    public const uint Opaque = 0xFF000000;

    // The place of no byte, which gives 0.
    private const byte Zero = 255;

    public static uint Of(Rgb colour) => Of(colour.R, colour.G, colour.B);

    public static uint Of(byte red, byte green, byte blue, byte alpha = byte.MaxValue) =>
        ((uint)alpha << 24) | ((uint)red << 16) | ((uint)green << 8) | blue;

    /// <summary>Opaque pixels from red, green and blue of each.</summary>
    public static void FromRgb(ReadOnlySpan<byte> rgb, Span<uint> pixels)
    {
        int x = Shuffle(rgb, Vector128.Create((byte)2, 1, 0, Zero, 5, 4, 3, Zero, 8, 7, 6, Zero, 11, 10, 9, Zero), pixels);
        for (; x < pixels.Length; x++) pixels[x] = Of(rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]);
    }

    /// <summary>Opaque pixels from blue, green and red of each.</summary>
    public static void FromBgr(ReadOnlySpan<byte> bgr, Span<uint> pixels)
    {
        int x = Shuffle(bgr, Vector128.Create((byte)0, 1, 2, Zero, 3, 4, 5, Zero, 6, 7, 8, Zero, 9, 10, 11, Zero), pixels);
        for (; x < pixels.Length; x++) pixels[x] = Of(bgr[(3 * x) + 2], bgr[(3 * x) + 1], bgr[3 * x]);
    }

    /// <summary>Four pixels of each sixteen bytes at once, as far as there are sixteen.</summary>
    /// <returns>The pixels done.</returns>
    private static int Shuffle(ReadOnlySpan<byte> bytes, Vector128<byte> places, Span<uint> pixels)
    {
        int x = 0;
        for (; x + 4 <= pixels.Length && (3 * x) + Vector128<byte>.Count <= bytes.Length; x += 4)
        {
            (Vector128.Shuffle(Vector128.Create(bytes[(3 * x)..]), places).AsUInt32() | Vector128.Create(Opaque))
                .CopyTo(pixels[x..]);
        }
        return x;
    }
}
