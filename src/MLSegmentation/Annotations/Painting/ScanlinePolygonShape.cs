namespace MLSegmentation;

/// <summary>
/// A polygon as Pillow fills it and LabelMe has its masks: vertices are cut to whole pixels, and the pixels that edges end on
/// belong to it. Along each row, the places that edges pass it are joined in pairs.
/// </summary>
/// <remarks>Source: <c>polygon_generic</c> in <c>Draw.c</c> of Pillow, and <c>shape_to_mask</c> of LabelMe.</remarks>
/// <param name="ring">The vertices, at least three.</param>
internal sealed class ScanlinePolygonShape(PolygonPoint[] ring) : RegionShape
{
    /// <summary>Vertices beyond it are moved there: no image is as large.</summary>
    private const double Farthest = 1 << 24;

    public override void Paint(MaskCanvas canvas)
    {
        (int X, int Y)[] points = [.. ring.Select(point => (Whole(point.X), Whole(point.Y)))];
        int bottom = points.Max(point => point.Y);
        List<double> places = [];
        for (int y = Math.Max(points.Min(point => point.Y), 0); y <= Math.Min(bottom, canvas.Height - 1); y++)
        {
            places.Clear();
            for (int i = 0; i < points.Length; i++)
            {
                var (from, to) = (points[i], points[(i + 1) % points.Length]);
                if (from.Y == to.Y)
                {
                    if (from.Y == y) canvas.PaintRow(y, Math.Min(from.X, to.X), Math.Max(from.X, to.X) + 1);
                    continue;
                }
                int lowest = Math.Max(from.Y, to.Y);
                if (y < Math.Min(from.Y, to.Y) || y > lowest) continue;
                double slope = (double)(to.X - from.X) / (to.Y - from.Y), place = ((y - from.Y) * slope) + from.X;
                places.Add(place);
                // A vertex that another edge goes on from counts for both; one at the bottom for one.
                if (y == lowest && y < bottom) places.Add(place);
            }
            places.Sort();
            for (int i = 0; i + 1 < places.Count; i += 2)
                canvas.PaintRow(y, HalfAwayFromZero(places[i]), HalfTowardsZero(places[i + 1]) + 1);
        }
    }

    private static int Whole(double value) => (int)Math.Clamp(value, -Farthest, Farthest);

    private static int HalfAwayFromZero(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static int HalfTowardsZero(double value) => Math.Sign(value) * (int)Math.Ceiling(Math.Abs(value) - 0.5);
}
