namespace MLSegmentation;

/// <summary>
/// A ring with holes as one ring, for formats whose polygons have no holes: a slit without width leads from the leftmost corner
/// of each hole to the left, to the next ring, and the way goes through it, around the hole and back. What is inside by the
/// even-odd rule stays inside.
/// </summary>
/// <remarks>Source: Eberly, "Triangulation by Ear Clipping", section 3.</remarks>
internal sealed class SlitRing
{
    // Points and the place of the next one of each; a side goes from a point to the next.
    private readonly List<PolygonPoint> _points = [];
    private readonly List<int> _next = [];

    // The sides that pass each row, by the points that they begin in.
    private readonly Dictionary<int, List<int>> _sidesOfRow = [];

    private SlitRing(IReadOnlyList<PolygonPoint> outer) => Add(outer, 0);

    /// <summary>Joins a ring with the holes in it, which go the other way around.</summary>
    public static PolygonPoint[] Join(IReadOnlyList<PolygonPoint> outer, IReadOnlyList<IReadOnlyList<PolygonPoint>> holes)
    {
        if (holes.Count == 0) return [.. outer];
        var ring = new SlitRing(outer);
        var starts = holes.Select(hole => (Hole: hole, Start: LeftmostOf(hole))).OrderBy(one => one.Hole[one.Start].X);
        // A hole that is further to the left is part of the ring already when a slit meets it.
        foreach (var (hole, start) in starts) ring.Insert(hole, start);
        return [.. ring.Walk()];
    }

    private static int LeftmostOf(IReadOnlyList<PolygonPoint> hole) =>
        Enumerable.Range(0, hole.Count).MinBy(index => (hole[index].X, hole[index].Y));

    /// <summary>Where a side passes a row of points; null where it does not, or goes along it.</summary>
    private static double? Pass(PolygonPoint from, PolygonPoint to, double y) =>
        from.Y == to.Y || y < Math.Min(from.Y, to.Y) || y > Math.Max(from.Y, to.Y) ? null
        : y == from.Y ? from.X
        : y == to.Y ? to.X
        : from.X + ((y - from.Y) / (to.Y - from.Y) * (to.X - from.X));

    private void Insert(IReadOnlyList<PolygonPoint> hole, int start)
    {
        PolygonPoint corner = hole[start];
        var (side, place) = NextToTheLeft(corner);
        int behind = _next[side], first = Add(hole, start), entry = _points.Count;
        int last = entry - 1;
        // From the side into the slit, around the hole to its first corner again, back through the slit and on along the side.
        _points.AddRange([place, corner, place]);
        _next.AddRange([first, entry + 2, behind]);
        _next[side] = entry;
        _next[last] = entry + 1;
        NoteSide(entry + 2);
    }

    /// <summary>The side that a slit from a corner ends at, and where.</summary>
    private (int Side, PolygonPoint Place) NextToTheLeft(PolygonPoint corner)
    {
        int? nearest = null;
        double place = double.NegativeInfinity;
        foreach (int side in _sidesOfRow.GetValueOrDefault((int)Math.Floor(corner.Y)) ?? [])
        {
            if (Pass(_points[side], _points[_next[side]], corner.Y) is { } x && x <= corner.X && x > place)
                (nearest, place) = (side, x);
        }
        // Simplified, a hole may come out of its ring a little: then any slit will do.
        return nearest is { } found ? (found, new PolygonPoint(place, corner.Y)) : (0, _points[0]);
    }

    /// <summary>Adds the points of a ring from one on, each leading to the next.</summary>
    private int Add(IReadOnlyList<PolygonPoint> ring, int start)
    {
        int first = _points.Count;
        for (int i = 0; i < ring.Count; i++)
        {
            _points.Add(ring[(start + i) % ring.Count]);
            _next.Add(i + 1 < ring.Count ? first + i + 1 : first);
        }
        for (int side = first; side < _points.Count; side++) NoteSide(side);
        return first;
    }

    private void NoteSide(int side)
    {
        PolygonPoint from = _points[side], to = _points[_next[side]];
        if (from.Y == to.Y) return;
        int bottom = (int)Math.Floor(Math.Max(from.Y, to.Y));
        for (int row = (int)Math.Floor(Math.Min(from.Y, to.Y)); row <= bottom; row++)
        {
            if (!_sidesOfRow.TryGetValue(row, out List<int>? sides)) _sidesOfRow.Add(row, sides = []);
            sides.Add(side);
        }
    }

    private IEnumerable<PolygonPoint> Walk()
    {
        PolygonPoint? before = null;
        int at = 0;
        do
        {
            if (_points[at] != before) yield return _points[at];
            before = _points[at];
            at = _next[at];
        }
        while (at != 0);
    }
}
