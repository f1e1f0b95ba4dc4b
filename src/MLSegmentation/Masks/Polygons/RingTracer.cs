namespace MLSegmentation;

/// <summary>
/// Walks along the borders of regions with the region on the right hand. Where two of its pixels meet in a corner only, it goes
/// over from one to the other: then what lies on either side of the corner gets a ring of its own, and no ring comes to a point
/// twice.
/// </summary>
/// <param name="labels">The number of each pixel's region, connected by <see cref="Connectivity.Four"/>; 0 for none.</param>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
internal sealed class RingTracer(uint[] labels, int width, int height)
{
    // Right, down, left, up: a turn to the right is the next one. Ahead are two pixels, one to the right of the way, one to the
    // left.
    private static readonly (int X, int Y)[] _steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];
    private static readonly (int X, int Y)[] _aheadRight = [(0, 0), (-1, 0), (-1, -1), (0, -1)];
    private static readonly (int X, int Y)[] _aheadLeft = [(0, -1), (0, 0), (-1, 0), (-1, -1)];

    private readonly bool[] _isTraced = new bool[labels.Length];

    /// <summary>
    /// Whether the upper side of a pixel is a border that no ring has come along yet. Every ring has such a side.
    /// </summary>
    public bool IsNewAt(int x, int y)
    {
        uint label = labels[y * width + x];
        return label != 0 && !_isTraced[y * width + x] && !Has(x, y - 1, label);
    }

    /// <summary>
    /// The ring along the upper side of a pixel. Started at the first such side, row by row, it begins in a corner.
    /// </summary>
    public IReadOnlyList<PixelPoint> Trace(int x, int y)
    {
        uint label = labels[y * width + x];
        List<PixelPoint> ring = [];
        var (start, at, way) = (new PixelPoint(x, y), new PixelPoint(x, y), 0);
        ring.Add(start);
        while (true)
        {
            if (way == 0) _isTraced[at.Y * width + at.X] = true;
            at = new PixelPoint(at.X + _steps[way].X, at.Y + _steps[way].Y);
            if (at == start) return ring;
            int turn = Has(at.X + _aheadLeft[way].X, at.Y + _aheadLeft[way].Y, label) ? 3
                : Has(at.X + _aheadRight[way].X, at.Y + _aheadRight[way].Y, label) ? 0
                : 1;
            if (turn == 0) continue;
            ring.Add(at);
            way = (way + turn) % _steps.Length;
        }
    }

    private bool Has(int x, int y, uint label) =>
        (uint)x < (uint)width && (uint)y < (uint)height && labels[y * width + x] == label;
}
