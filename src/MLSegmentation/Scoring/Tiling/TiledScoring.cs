namespace MLSegmentation;

/// <summary>
/// Scores an image tile by tile and blends what the tiles say: it holds one row of tiles in memory, whatever the image's height.
/// Pure: what the network is, and where rows come from and go to, is others' business.
/// </summary>
internal sealed class TiledScoring(ITileScorer network)
{
    /// <summary>
    /// Segments an image. A single tile, where the image is not larger, gives exactly what scoring the image as a whole gives:
    /// its weights are 1.
    /// </summary>
    /// <param name="image">The image, before its first row.</param>
    /// <param name="tileWidth">The width of a tile; larger than the image only where the network wants it padded.</param>
    /// <param name="tileHeight">The height of a tile; larger than the image only where the network wants it padded.</param>
    /// <param name="overlap">The part of a tile that it shares with the next, 0 to below 1.</param>
    /// <param name="sink">Receives each row of the mask as soon as it is known.</param>
    /// <exception cref="ArgumentException">
    /// Rows of the image were read before, or a row of tiles is too large to be held.
    /// </exception>
    public void Run(ImageRowReader image, int tileWidth, int tileHeight, double overlap, MaskRowSink sink)
    {
        if (image.NextRow != 0)
            throw new ArgumentException($"{image.NextRow} rows of the image were read before. Open it anew.", nameof(image));
        var columns = new TileAxis(image.Width, tileWidth, overlap);
        var rows = new TileAxis(image.Height, tileHeight, overlap);
        var blended = new ProbabilityBand(image.Width, rows.Covered, network.Meaning);
        var pixels = new PixelBand(image, tileHeight);
        int atOnce = Math.Min(network.TilesAtOnce(tileHeight, tileWidth), columns.Count);
        int pixelsOfTile = checked(network.Scaling.Channels * tileHeight * tileWidth),
            scoresOfTile = checked(network.Meaning.Planes * tileHeight * tileWidth);
        var tiles = new float[checked(atOnce * pixelsOfTile)];
        var probabilities = new float[checked(atOnce * scoresOfTile)];
        var mask = new uint[image.Width];
        var confidence = new float[image.Width];
        for (int row = 0; row < rows.Count; row++)
        {
            int top = rows.Start(row);
            pixels.MoveTo(top);
            for (int first = 0; first < columns.Count; first += atOnce)
            {
                int count = Math.Min(atOnce, columns.Count - first);
                for (int i = 0; i < count; i++)
                {
                    pixels.Fill(
                        columns.Start(first + i), tileWidth, network.Scaling, tiles.AsSpan(i * pixelsOfTile, pixelsOfTile));
                }
                network.Score(tiles, count, tileHeight, tileWidth, probabilities);
                for (int i = 0; i < count; i++)
                {
                    blended.Add(
                        probabilities.AsSpan(i * scoresOfTile, scoresOfTile),
                        tileHeight, tileWidth, top, columns.Start(first + i), rows.Weights(row), columns.Weights(first + i));
                }
            }
            for (int y = top; y < rows.Start(row + 1); y++)
            {
                blended.Take(y, mask, confidence);
                sink(y, mask, confidence);
            }
        }
    }
}
