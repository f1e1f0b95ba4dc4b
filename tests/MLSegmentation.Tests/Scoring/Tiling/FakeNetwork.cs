namespace MLSegmentation.Tests;

/// <summary>
/// A network that is a function of a tile's pixel: its red, green and blue (or luma three times), its place in the tile and the
/// class.
/// </summary>
internal sealed class FakeNetwork(
    int classes, Func<(float R, float G, float B), (int X, int Y), int, float> probability, int channels = 3, int atOnce = 1)
        : ITileScorer
{
    public PixelScaling Scaling => PixelScaling.AsIs(channels);

    public ScoreMeaning Meaning => ScoreMeaning.Probabilities(classes);

    /// <summary>The tiles scored.</summary>
    public List<float[]> Tiles { get; } = [];

    /// <summary>How many tiles came in each call.</summary>
    public List<int> Counts { get; } = [];

    public int TilesAtOnce(int height, int width) => atOnce;

    public void Score(float[] tiles, int count, int height, int width, float[] probabilities)
    {
        Counts.Add(count);
        int pixels = channels * height * width, scores = classes * height * width;
        for (int i = 0; i < count; i++)
            Score(tiles.AsSpan(i * pixels, pixels), height, width, probabilities.AsSpan(i * scores, scores));
    }

    private void Score(ReadOnlySpan<float> tile, int height, int width, Span<float> probabilities)
    {
        Tiles.Add([.. tile]);
        int plane = height * width;
        for (int i = 0; i < plane; i++)
        {
            var pixel = channels == 3 ? (tile[i], tile[i + plane], tile[i + (2 * plane)]) : (tile[i], tile[i], tile[i]);
            for (int index = 0; index < classes; index++)
                probabilities[(index * plane) + i] = probability(pixel, (i % width, i / width), index);
        }
    }
}
