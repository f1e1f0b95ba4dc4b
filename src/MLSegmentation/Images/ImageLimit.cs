namespace MLSegmentation.Images;

/// <summary>The largest image that is decoded: a few bytes of header must not claim all memory.</summary>
internal static class ImageLimit
{
    /// <summary>400 million pixels, 1.6 GB decoded.</summary>
    public const long Pixels = 400_000_000;

    /// <summary>The longest row of an image that is read by rows, 3 MB of colours; the number of its rows has no limit.</summary>
    public const int RowPixels = 1_000_000;

    /// <exception cref="InvalidDataException">The image is wider than <see cref="RowPixels"/>.</exception>
    public static void CheckRow(int width, string name)
    {
        if (width > RowPixels)
            throw new InvalidDataException($"The image '{name}' is {width} pixels wide, expected at most {RowPixels}. Cut it into parts.");
    }

    /// <exception cref="InvalidDataException">The image has more pixels than <see cref="Pixels"/>.</exception>
    public static void Check(int width, int height, string name)
    {
        if ((long)width * height > Pixels)
        {
            throw new InvalidDataException(
                $"The image '{name}' has {width}×{height} pixels, expected at most {Pixels / 1_000_000} million. "
                + "Scale it down, cut it into parts, or score it with the sizing Tiled, which reads PNG without interlace and TIFF by rows.");
        }
    }
}
