using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace MLSegmentation;

/// <summary>
/// The outline of a region as one ring: along the borders of pixels, simplified so that it is nowhere further from them than a
/// tolerance, and slit open where there are holes (<see cref="SlitRing"/>). A ring that simplifying would change by more than a
/// quarter of its area, as it would small and thin ones, keeps its corners.
/// </summary>
internal static class RegionOutline
{
    private const double MostChange = 0.25;
    private static readonly GeometryFactory _factory = new();

    /// <summary>The ring of a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="tolerance">How far the ring may be from the borders, in pixels; 0 for exactly along them.</param>
    /// <param name="inset">How far corners are moved into the region, in pixels, after that.</param>
    public static PolygonPoint[] Of(MaskPolygon region, double tolerance, double inset = 0)
    {
        PolygonPoint[] Ring(IReadOnlyList<PixelPoint> exact) =>
            Move(tolerance > 0 ? Simplify(exact, tolerance) : exact, exact, inset);
        return SlitRing.Join(Ring(region.Outer), [.. region.Holes.Select(Ring)]);
    }

    /// <summary>A ring with fewer corners. Each goes by itself: of many holes together the time goes by their square.</summary>
    private static IReadOnlyList<PixelPoint> Simplify(IReadOnlyList<PixelPoint> ring, double tolerance)
    {
        LinearRing exact = _factory.CreateLinearRing(
            [.. ring.Append(ring[0]).Select(point => new Coordinate(point.X, point.Y))]);
        Geometry simple = TopologyPreservingSimplifier.Simplify(exact, tolerance);
        double area = Area.OfRing(exact.Coordinates), change = Math.Abs(Area.OfRing(simple.Coordinates) - area);
        return change > MostChange * area
            ? ring
            : [.. simple.Coordinates.SkipLast(1).Select(point => new PixelPoint((int)point.X, (int)point.Y))];
    }

    /// <summary>Moves corners into the region, which is to the right of its rings.</summary>
    private static PolygonPoint[] Move(IReadOnlyList<PixelPoint> ring, IReadOnlyList<PixelPoint> exact, double inset)
    {
        if (inset == 0) return [.. ring.Select(point => new PolygonPoint(point.X, point.Y))];
        Dictionary<PixelPoint, PolygonPoint> moved = [];
        for (int i = 0; i < exact.Count; i++)
        {
            PixelPoint before = exact[(i + exact.Count - 1) % exact.Count], at = exact[i], behind = exact[(i + 1) % exact.Count];
            // Of the sides before and behind a corner one goes across and one goes down.
            int right = Math.Sign(behind.X - before.X), down = Math.Sign(behind.Y - before.Y);
            moved.Add(at, new PolygonPoint(at.X - (down * inset), at.Y + (right * inset)));
        }
        return [.. ring.Select(point => moved[point])];
    }
}
