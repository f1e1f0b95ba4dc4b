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
        int last = Math.Min(bottom, canvas.Height - 1);
        for (int y = Math.Max(top, 0); y <= last; y++) canvas.PaintRow(y, left, right + 1);
    }
}
