namespace MLSegmentation;

/// <summary>
/// How many pixels a graph's scores have for an image of any size, as tiny images show: a graph that does not declare it can make
/// gigabytes of scores of a small image.
/// </summary>
/// <param name="Pixels">The pixels of the scores of a tiny image; 0 where they are in proportion to it.</param>
/// <param name="ImagePixels">The pixels of that image.</param>
/// <param name="Power">1 where scores grow as the image does, 0 where they have one size whatever the image.</param>
internal sealed record ScoreGrowth(long Pixels, long ImagePixels, double Power)
{
    /// <summary>No image is larger than 64×64, and the next one is not tried where there are a million scores already.</summary>
    private const int MostSide = 64;

    private const long ManyPixels = 1 << 20;

    private static readonly ScoreGrowth _inProportion = new(0, 1, 1);

    /// <summary>
    /// Tries images of 1, 2, 4 and so on pixels a side, until the scores of one are in proportion to it or their growth is known.
    /// </summary>
    /// <param name="height">The only height that the graph takes; null where it takes any.</param>
    /// <param name="width">The only width that the graph takes; null where it takes any.</param>
    /// <param name="scorePixels">
    /// The pixels of the scores of an image of that height and width; null where the graph cannot take it.
    /// </param>
    public static ScoreGrowth Measure(int? height, int? width, Func<int, int, long?> scorePixels)
    {
        (long Pixels, long Area)? before = null;
        for (int side = 1; side <= MostSide; side *= 2)
        {
            int tinyHeight = height ?? side, tinyWidth = width ?? side;
            long area = (long)tinyHeight * tinyWidth;
            if (scorePixels(tinyHeight, tinyWidth) is not { } pixels) continue;
            if (pixels <= OnnxOutputSize.ScoresPerPixel * area) break;
            if (before is { } smaller && (pixels >= ManyPixels || 2 * side > MostSide))
            {
                return new ScoreGrowth(
                    pixels, area, Math.Log((double)pixels / smaller.Pixels) / Math.Log((double)area / smaller.Area));
            }
            before = (pixels, area);
        }
        return _inProportion;
    }

    /// <summary>The pixels of the scores of an image of that size, about.</summary>
    public double For(int height, int width) => Pixels * Math.Pow((double)height * width / ImagePixels, Power);
}
