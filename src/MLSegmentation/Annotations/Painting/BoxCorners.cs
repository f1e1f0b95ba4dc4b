namespace MLSegmentation;

/// <summary>The corners of boxes, which are painted as polygons.</summary>
internal static class BoxCorners
{
    /// <summary>The corners, clockwise from the upper left one on.</summary>
    /// <param name="pivot">The point that the box is turned around.</param>
    /// <param name="left">Its left side before, from the pivot on.</param>
    /// <param name="top">Its upper side before, from the pivot on.</param>
    /// <param name="right">Its right side before, from the pivot on.</param>
    /// <param name="bottom">Its lower side before, from the pivot on.</param>
    /// <param name="degrees">By how much it is turned clockwise.</param>
    public static PolygonPoint[] Of(
        PolygonPoint pivot, double left, double top, double right, double bottom, double degrees = 0)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(degrees));
        PolygonPoint At(double x, double y) => new(pivot.X + (x * cos) - (y * sin), pivot.Y + (x * sin) + (y * cos));
        return [At(left, top), At(right, top), At(right, bottom), At(left, bottom)];
    }
}
