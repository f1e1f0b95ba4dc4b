namespace MLSegmentation;

/// <summary>
/// The ellipse in a box of whole pixels, as Pillow fills it and LabelMe has its circles: the pixels at the ends of its axes
/// belong to it. Its rim is walked from the right end of its widest row to the bottom, each time to that of the three next places
/// that is nearest to the ellipse.
/// </summary>
/// <remarks>Source: <c>ellipse</c> in <c>Draw.c</c> of Pillow, from version 8 on.</remarks>
/// <param name="left">The box's first column.</param>
/// <param name="top">Its first row.</param>
/// <param name="right">Its last column.</param>
/// <param name="bottom">Its last row.</param>
internal sealed class BoxedEllipseShape(int left, int top, int right, int bottom) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        // Places are twice as fine as pixels, from the middle on, so that middles of even boxes are whole.
        long width = (long)right - left, height = (long)bottom - top;
        if (width + height < 1) return;
        long x = width, y = height % 2, row = -1;
        while (y <= height)
        {
            if (y != row)
            {
                row = y;
                // Rows go outwards from the middle: of a rim far away, only those in the mask are walked.
                if (RowAt(height, -y) < 0 && RowAt(height, y) >= canvas.Height) return;
                PaintRows(canvas, width, height, x, y);
            }
            if (x == width % 2 && y == height) return;
            (long X, long Y) next = (x, y + 2);
            if (x > 1)
            {
                foreach (var place in new[] { (X: x - 2, Y: y + 2), (X: x - 2, Y: y) })
                {
                    if (Distance(place.X, place.Y) < Distance(next.X, next.Y)) next = place;
                }
            }
            (x, y) = next;
        }

        Int128 Distance(long atX, long atY)
        {
            Int128 a = (Int128)width * width, b = (Int128)height * height;
            return Int128.Abs((a * atY * atY) + (b * atX * atX) - (a * b));
        }
    }

    private void PaintRows(MaskCanvas canvas, long width, long height, long x, long y)
    {
        int first = (int)(left + ((width - x) / 2)), last = (int)(left + ((width + x) / 2));
        canvas.PaintRow(RowAt(height, y), first, last + 1);
        canvas.PaintRow(RowAt(height, -y), first, last + 1);
    }

    /// <summary>The row of a place that is so far below the middle.</summary>
    private int RowAt(long height, long y) => (int)(top + ((height + y) / 2));
}
