namespace MLSegmentation;

/// <summary>
/// Where tiles lie along one axis of an image, and how much each counts at each place. Every tile has its full size and lies
/// within the image: the last is shifted inwards. An axis shorter than a tile has one, which goes on beyond it.
/// </summary>
internal sealed class TileAxis
{
    // nnU-Net (Isensee et al. 2021, sliding_window_prediction.py): a Gaussian around the tile's middle of 1/8 of its size.
    private const double Deviation = 1.0 / 8;

    private readonly int[] _starts;
    private readonly float[][] _weights;

    /// <param name="size">The axis of the image, at least 1.</param>
    /// <param name="tile">The tile's size, at least 1.</param>
    /// <param name="overlap">
    /// The part of a tile that it shares with the next, 0 to below 1. Tiles of 100 with an overlap of 0.25 start at 0, 75, 150, …
    /// </param>
    public TileAxis(int size, int tile, double overlap)
    {
        (Size, Tile) = (size, tile);
        int step = Math.Max(1, tile - (int)Math.Round(tile * overlap));
        int last = Math.Max(0, size - tile);
        int count = ((last + step - 1) / step) + 1;
        _starts = [.. Enumerable.Range(0, count).Select(index => (int)Math.Min((long)index * step, last))];
        _weights = MakeWeights();
    }

    /// <summary>The axis of the image.</summary>
    public int Size { get; }

    /// <summary>The size of a tile.</summary>
    public int Tile { get; }

    /// <summary>How much of a tile lies within the image: all of it, unless the image is smaller.</summary>
    public int Covered => Math.Min(Tile, Size);

    /// <summary>The number of tiles.</summary>
    public int Count => _starts.Length;

    /// <summary>Where a tile starts; after the last one, where the image ends.</summary>
    public int Start(int index) => index < _starts.Length ? _starts[index] : Size;

    /// <summary>
    /// How much a tile counts at each of its <see cref="Covered"/> places. Over all tiles the weights of a place sum to 1.
    /// </summary>
    public ReadOnlySpan<float> Weights(int index) => _weights[index];

    private float[][] MakeWeights()
    {
        double[] gaussian = [.. Enumerable.Range(0, Covered).Select(i =>
        {
            double distance = (i - ((Tile - 1) / 2.0)) / (Tile * Deviation);
            return Math.Exp(-distance * distance / 2);
        })];
        var sums = new double[Size];
        foreach (int start in _starts)
        {
            for (int i = 0; i < Covered; i++) sums[start + i] += gaussian[i];
        }
        return [.. _starts.Select(start => gaussian.Select((weight, i) => (float)(weight / sums[start + i])).ToArray())];
    }
}
