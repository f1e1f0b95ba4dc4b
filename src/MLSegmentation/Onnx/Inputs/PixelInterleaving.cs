namespace MLSegmentation;

/// <summary>Puts the channels of pixels side by side, as [H,W,C] has them. Pure: numbers in, numbers out.</summary>
internal static class PixelInterleaving
{
    /// <summary>Writes pixels.</summary>
    /// <typeparam name="T">The type of a value.</typeparam>
    /// <param name="planes">The values of the first channel, then those of the next.</param>
    /// <param name="plane">How far the planes are apart.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="pixels">
    /// Receives the pixels: for the planes 1 2 and 3 4 and 5 6 they are 1 3 5 and 2 4 6.
    /// </param>
    public static void Apply<T>(ReadOnlySpan<T> planes, int plane, int channels, Span<T> pixels)
    {
        int count = pixels.Length / channels;
        if (channels == 1)
        {
            planes[..count].CopyTo(pixels);
            return;
        }
        ReadOnlySpan<T> first = planes[..count], second = planes.Slice(plane, count), third = planes.Slice(2 * plane, count);
        if (channels == 3)
        {
            for (int i = 0; i < count; i++)
            {
                Span<T> pixel = pixels.Slice(3 * i, 3);
                (pixel[0], pixel[1], pixel[2]) = (first[i], second[i], third[i]);
            }
            return;
        }
        ReadOnlySpan<T> fourth = planes.Slice(3 * plane, count);
        for (int i = 0; i < count; i++)
        {
            Span<T> pixel = pixels.Slice(4 * i, 4);
            (pixel[0], pixel[1], pixel[2], pixel[3]) = (first[i], second[i], third[i], fourth[i]);
        }
    }
}
