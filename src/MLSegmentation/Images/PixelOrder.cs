using SkiaSharp;

namespace MLSegmentation;

/// <summary>Turns stored pixels the way the EXIF orientation says.</summary>
internal static class PixelOrder
{
    /// <summary>Whether the upright image has the stored height as its width.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>The upright image; that stored itself where it is upright.</summary>
    public static (int Width, int Height, T[] Pixels) Upright<T>(T[] stored, int width, int height, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return (width, height, stored);
        var upright = new T[stored.Length];
        Apply<T>(stored, width, height, origin, upright);
        return SwapsSides(origin) ? (height, width, upright) : (width, height, upright);
    }

    /// <summary>
    /// Writes the upright image. Each orientation is a walk over the stored pixels: a start, a step to the right, a step down.
    /// </summary>
    /// <param name="stored">Pixels as stored, row by row.</param>
    /// <param name="width">The stored width.</param>
    /// <param name="height">The stored height.</param>
    /// <param name="origin">Where the stored row 0 and column 0 are in the upright image (EXIF tag 0x0112).</param>
    /// <param name="upright">Receives the upright pixels.</param>
    public static void Apply<T>(ReadOnlySpan<T> stored, int width, int height, SKEncodedOrigin origin, Span<T> upright)
    {
        int last = (width * height) - 1;
        int lastRow = (height - 1) * width;
        (int start, int right, int down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => (last, -1, -width),
            SKEncodedOrigin.BottomLeft => (lastRow, 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => (lastRow, -width, 1),
            SKEncodedOrigin.RightBottom => (last, -width, -1),
            SKEncodedOrigin.LeftBottom => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        (int uprightWidth, int uprightHeight) = SwapsSides(origin) ? (height, width) : (width, height);
        for (int y = 0; y < uprightHeight; y++)
        {
            Span<T> row = upright.Slice(y * uprightWidth, uprightWidth);
            int from = start + (y * down);
            for (int x = 0; x < row.Length; x++, from += right) row[x] = stored[from];
        }
    }
}
