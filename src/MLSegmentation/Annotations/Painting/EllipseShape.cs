namespace MLSegmentation;

/// <summary>An ellipse: the pixels whose middles are inside or on it.</summary>
/// <param name="centre">Its centre.</param>
/// <param name="radiusX">Half of its width before it is turned, in pixels, above 0.</param>
/// <param name="radiusY">Half of its height before it is turned, in pixels, above 0.</param>
/// <param name="degrees">By how much it is turned clockwise around its centre.</param>
internal sealed class EllipseShape(PolygonPoint centre, double radiusX, double radiusY, double degrees = 0) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(degrees));
        // A row is a line through the ellipse: a quadratic equation for where it enters and leaves.
        double a = Square(cos / radiusX) + Square(sin / radiusY),
            b = 2 * sin * cos * ((1 / Square(radiusX)) - (1 / Square(radiusY))),
            c = Square(sin / radiusX) + Square(cos / radiusY);
        double reach = Math.Sqrt(Square(radiusX * sin) + Square(radiusY * cos));
        int first = (int)Math.Max(Math.Ceiling(centre.Y - reach - 0.5), 0),
            last = (int)Math.Min(Math.Floor(centre.Y + reach - 0.5), canvas.Height - 1);
        for (int y = first; y <= last; y++)
        {
            double down = y + 0.5 - centre.Y, root = Square(b * down) - (4 * a * ((c * down * down) - 1));
            if (root < 0) continue;
            double middle = centre.X - (b * down / (2 * a)), half = Math.Sqrt(root) / (2 * a);
            int left = (int)Math.Ceiling(Math.Clamp(middle - half - 0.5, 0, canvas.Width)),
                right = (int)Math.Floor(Math.Clamp(middle + half - 0.5, -1, canvas.Width));
            canvas.PaintRow(y, left, right + 1);
        }
    }

    private static double Square(double value) => value * value;
}
