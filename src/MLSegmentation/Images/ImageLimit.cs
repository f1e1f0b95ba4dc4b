namespace MLSegmentation.Images;

/// <summary>The largest image that is decoded: a few bytes of header must not claim all memory.</summary>
internal static class ImageLimit
{
    /// <summary>400 million pixels, 1.6 GB decoded.</summary>
    public const long Pixels = 400_000_000;

    /// <exception cref="InvalidDataException">The image has more pixels than <see cref="Pixels"/>.</exception>
    public static void Check(int width, int height, string name)
    {
        if ((long)width * height > Pixels)
        {
            throw new InvalidDataException(
                $"The image '{name}' has {width}×{height} pixels, expected at most {Pixels / 1_000_000} million. Scale it down or cut it into tiles.");
        }
    }
}
