using MLSegmentation.Tiling;

namespace MLSegmentation.Tests.Tiling;

/// <summary>
/// A network that is a function of a tile's pixel: its red, green and blue (or luma three times), its place in the tile and the class.
/// </summary>
internal sealed class FakeNetwork(
    int classes, Func<(float R, float G, float B), (int X, int Y), int, float> probability, int channels = 3) : ITileScorer
{
    public int Channels => channels;

    public int Classes => classes;

    /// <summary>The tiles scored.</summary>
    public List<float[]> Tiles { get; } = [];

    public void Score(float[] tile, int height, int width, float[] probabilities)
    {
        Assert.HasCount(channels * height * width, tile);
        Tiles.Add([.. tile]);
        int plane = height * width;
        for (int i = 0; i < plane; i++)
        {
            var pixel = channels == 3 ? (tile[i], tile[i + plane], tile[i + (2 * plane)]) : (tile[i], tile[i], tile[i]);
            for (int index = 0; index < classes; index++) probabilities[(index * plane) + i] = probability(pixel, (i % width, i / width), index);
        }
    }
}
