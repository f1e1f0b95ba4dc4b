namespace MLSegmentation;

/// <summary>Whole pixels from one corner to the other, both inside.</summary>
/// <param name="left">The first column.</param>
/// <param name="top">The first row.</param>
/// <param name="right">The last column.</param>
/// <param name="bottom">The last row.</param>
internal sealed class RectangleShape(int left, int top, int right, int bottom) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        int lastRow = Math.Min(bottom, canvas.Height - 1), lastColumn = Math.Min(right, canvas.Width - 1);
        for (int y = Math.Max(top, 0); y <= lastRow; y++) canvas.PaintRow(y, left, lastColumn + 1);
    }
}
