namespace MLSegmentation;

/// <summary>A network that gives each pixel of a tile a probability for each class.</summary>
internal interface ITileScorer
{
    /// <summary>The channels that it takes, and what becomes of their values of 0 to 255.</summary>
    PixelScaling Scaling { get; }

    /// <summary>What the probabilities are that it gives.</summary>
    ScoreMeaning Meaning { get; }

    /// <summary>How many tiles of that size it had best be given at once, at least 1.</summary>
    int TilesAtOnce(int height, int width);

    /// <summary>Scores tiles.</summary>
    /// <param name="tiles">
    /// [<paramref name="count"/>, channels, <paramref name="height"/>, <paramref name="width"/>], scaled.
    /// </param>
    /// <param name="count">How many there are, at most <see cref="TilesAtOnce"/>.</param>
    /// <param name="height">A tile's height.</param>
    /// <param name="width">A tile's width.</param>
    /// <param name="probabilities">
    /// Receives [<paramref name="count"/>, planes, <paramref name="height"/>, <paramref name="width"/>].
    /// </param>
    void Score(float[] tiles, int count, int height, int width, float[] probabilities);
}
