namespace MLSegmentation;

/// <summary>Turns the regions of a mask into polygons along the borders of pixels, and polygons into masks again.</summary>
public static class MaskPolygons
{
    /// <summary>
    /// The outlines of all regions: pixels of one key that are connected over their edges (<see cref="Connectivity.Four"/>). An
    /// outer ring begins in the upper left corner of the region's first pixel, row by row, and goes to the right, clockwise on
    /// the screen. A hole's ring goes the other way. With y taken upwards, as GeoJSON does, that is counterclockwise around a
    /// region (RFC 7946, 3.1.6). The shoelace formula then gives the area as a positive number. Points on a straight line are
    /// left out. A ring comes to no point twice and crosses no other; rings may meet in a point. Takes linear time.
    /// </summary>
    /// <param name="mask">One key a pixel, row by row; key 0 has no outlines.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>
    /// One polygon a region, in the order of their first pixels. A single pixel of key 1 gives the ring (0, 0), (1, 0), (1, 1),
    /// (0, 1).
    /// </returns>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static IReadOnlyList<MaskPolygon> Trace(ReadOnlySpan<uint> mask, int width, int height)
    {
        MaskLength.Check(mask.Length, width, height);
        ConnectedRegions regions = ConnectedRegions.Find(mask, width, height, Connectivity.Four);
        var tracer = new RingTracer(regions.Labels, width, height);
        var holes = new List<IReadOnlyList<PixelPoint>>?[regions.Areas.Count];
        List<MaskPolygon> polygons = [];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                if (!tracer.IsNewAt(x, y)) continue;
                IReadOnlyList<PixelPoint> ring = tracer.Trace(x, y);

                // A region's first pixel is on its outer ring.
                ref List<IReadOnlyList<PixelPoint>>? own = ref holes[regions.Labels[i]];
                if (own is null) polygons.Add(new MaskPolygon(mask[i], ring, own = []));
                else own.Add(ring);
            }
        }
        return polygons;
    }

    /// <summary>
    /// Gives each polygon's pixels its key: those whose centre is inside by the even-odd rule. Any polygon of straight sides will
    /// do, in any orientation. Where polygons overlap, the last one's key stays; pixels outside all stay as they were.
    /// </summary>
    /// <param name="polygons">The polygons, within the image.</param>
    /// <param name="mask">One key a pixel, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A point is outside the image.</exception>
    public static void Fill(IEnumerable<MaskPolygon> polygons, Span<uint> mask, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        MaskLength.Check(mask.Length, width, height);
        List<(int Row, int Column)> crossings = [];
        foreach (MaskPolygon polygon in polygons)
        {
            crossings.Clear();
            foreach (IReadOnlyList<PixelPoint> ring in polygon.Holes.Prepend(polygon.Outer))
            {
                for (int i = 0; i < ring.Count; i++) AddCrossings(crossings, ring[i], ring[(i + 1) % ring.Count], width, height);
            }
            crossings.Sort();
            for (int i = 0; i < crossings.Count; i += 2)
            {
                int row = crossings[i].Row * width;
                mask[(row + crossings[i].Column)..(row + crossings[i + 1].Column)].Fill(polygon.Key);
            }
        }
    }

    /// <summary>
    /// Where a side crosses the line through the centres of each row: the first pixel whose centre is at it or right of it.
    /// </summary>
    private static void AddCrossings(List<(int Row, int Column)> crossings, PixelPoint from, PixelPoint to, int width, int height)
    {
        if (from.X < 0 || from.X > width || from.Y < 0 || from.Y > height)
        {
            throw new ArgumentOutOfRangeException(
                "polygons", $"A polygon has the point ({from.X}, {from.Y}), expected (0, 0) to ({width}, {height}), the corners "
                    + "of the image.");
        }
        if (from.Y > to.Y) (from, to) = (to, from);
        long down = to.Y - from.Y, right = to.X - from.X;
        for (int row = from.Y; row < to.Y; row++)
        {
            // Twice the distances, as centres are at halves; rounded up.
            (long columns, long rest) = Math.DivRem((2L * (row - from.Y) + 1) * right - down, 2 * down);
            crossings.Add((row, from.X + (int)columns + (rest > 0 ? 1 : 0)));
        }
    }
}
