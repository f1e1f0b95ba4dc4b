namespace MLSegmentation.Tests;

/// <summary>An image that is worked out row by row.</summary>
internal sealed class DrawnRows(int width, int height, Func<int, int, Rgb> colour) : ImageRowReader(width, height)
{
    /// <summary>Noise that is the same for the same pixel.</summary>
    public static Rgb Noise(int x, int y)
    {
        uint hash = (uint)((x * 73856093) ^ (y * 19349663)) * 2654435761u;
        return new Rgb((byte)(hash >> 24), (byte)(hash >> 16), (byte)(hash >> 8));
    }

    protected override void ReadRow(Span<byte> rgb)
    {
        for (int x = 0; x < Width; x++) (rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]) = colour(x, NextRow);
    }

    protected override void Dispose(bool disposing)
    {
    }
}
