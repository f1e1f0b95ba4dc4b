namespace MLSegmentation.Tiling;

/// <summary>A network that gives each pixel of a tile a probability for each class.</summary>
internal interface ITileScorer
{
    /// <summary>The channels that it takes: 3 (red, green, blue) or 1 (luma).</summary>
    int Channels { get; }

    /// <summary>The classes that it tells apart.</summary>
    int Classes { get; }

    /// <summary>Scores a tile.</summary>
    /// <param name="tile">[<see cref="Channels"/>, <paramref name="height"/>, <paramref name="width"/>], 0 to 255.</param>
    /// <param name="height">The tile's height.</param>
    /// <param name="width">The tile's width.</param>
    /// <param name="probabilities">Receives [<see cref="Classes"/>, <paramref name="height"/>, <paramref name="width"/>].</param>
    void Score(float[] tile, int height, int width, float[] probabilities);
}
