using System.Globalization;

namespace MLSegmentation.Tiling;

/// <summary>How a large image is cut into tiles; the defaults take the size from the model.</summary>
public sealed record TilingOptions
{
    /// <summary>
    /// The width of a tile in pixels, at least 1; needs <see cref="TileHeight"/> and a model of free size, and is rounded up to the model's size
    /// multiple. Larger tiles show the network more around each pixel and take more memory. Default null: the only width that the model
    /// takes, or the one it was trained at, or 512.
    /// </summary>
    public int? TileWidth { get; init; }

    /// <summary>The height in pixels that belongs to <see cref="TileWidth"/>. Default null: as there.</summary>
    public int? TileHeight { get; init; }

    /// <summary>
    /// The part of a tile that it shares with the next one, 0 to 0.9. Networks see less at a tile's edges; where tiles overlap, the one in whose
    /// middle a pixel is counts most. At 0.25 the network scores up to 1.8 times the image's pixels, at 0.5 up to 4 times. Default 0.25.
    /// </summary>
    public double Overlap { get; init; } = 0.25;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or there is a width without a height.</exception>
    internal void Check()
    {
        if (TileWidth is null != TileHeight is null)
            throw new ArgumentException($"TileWidth is {Text(TileWidth)} and TileHeight is {Text(TileHeight)}: give both or none.");
        if (TileWidth is < 1 || TileHeight is < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(TileWidth), $"TileWidth and TileHeight are {TileWidth}×{TileHeight}, expected at least 1×1.");
        }
        if (!(Overlap is >= 0 and <= 0.9))
            throw new ArgumentOutOfRangeException(nameof(Overlap), Overlap, "Overlap is a part of a tile, expected 0 to 0.9.");
    }

    private static string Text(int? size) => size?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
