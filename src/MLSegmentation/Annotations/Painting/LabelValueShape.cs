namespace MLSegmentation;

/// <summary>The pixels of a mask that have one value.</summary>
/// <param name="mask">The mask, of the image's size.</param>
/// <param name="value">The value.</param>
internal sealed class LabelValueShape(LabelImage mask, ushort value) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        RequireSize(canvas, "a mask", mask.Width, mask.Height);
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<ushort> row = mask.Values.AsSpan(y * mask.Width, mask.Width);
            for (int x = row.IndexOf(value); x >= 0 && x < row.Length;)
            {
                int end = row[x..].IndexOfAnyExcept(value);
                end = end < 0 ? row.Length : x + end;
                canvas.PaintRow(y, x, end);
                int next = row[end..].IndexOf(value);
                x = next < 0 ? row.Length : end + next;
            }
        }
    }
}
