namespace MLSegmentation;

/// <summary>The pixels of a mask near which its class ends.</summary>
internal static class BoundaryRegion
{
    private const uint Mixed = uint.MaxValue;

    /// <summary>
    /// Marks every pixel in whose square of 2 · <paramref name="width"/> + 1 pixels a side lies another key or the outside of the
    /// image: what erosion of each class by that square takes away, for all classes at once. Linear in the pixels, whatever the
    /// width.
    /// </summary>
    /// <param name="keys">One key a pixel, row by row.</param>
    /// <param name="imageWidth">The image's width.</param>
    /// <param name="width">How far the boundary reaches into a class, in pixels, at least 1.</param>
    public static bool[] Mark(ReadOnlySpan<uint> keys, int imageWidth, int width)
    {
        // A window along one axis holds one key alone where a run of it is as long as the window: first along rows, then, over
        // what that found, along columns. A run is known at its end, which is the width behind the window's centre.
        uint[] uniform = UniformRows(keys, imageWidth, width);
        var isBoundary = new bool[keys.Length];
        Array.Fill(isBoundary, true);
        var runs = new int[imageWidth];
        for (int i = 0; i < uniform.Length; i++)
        {
            ref int run = ref runs[i % imageWidth];
            if (uniform[i] == Mixed) run = 0;
            else run = i >= imageWidth && uniform[i] == uniform[i - imageWidth] ? run + 1 : 1;
            if (run > 2 * width) isBoundary[i - width * imageWidth] = false;
        }
        return isBoundary;
    }

    private static uint[] UniformRows(ReadOnlySpan<uint> keys, int imageWidth, int width)
    {
        var uniform = new uint[keys.Length];
        Array.Fill(uniform, Mixed);
        for (int start = 0; start < keys.Length; start += imageWidth)
        {
            int run = 0;
            for (int i = start; i < start + imageWidth; i++)
            {
                run = i > start && keys[i] == keys[i - 1] ? run + 1 : 1;
                if (run > 2 * width) uniform[i - width] = keys[i];
            }
        }
        return uniform;
    }
}
