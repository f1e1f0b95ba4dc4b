namespace MLSegmentation;

/// <summary>Run lengths by rows within a box: counts of pixels in turn outside and inside.</summary>
/// <param name="counts">The counts, beginning with those outside.</param>
/// <param name="left">The column of the box's first pixel.</param>
/// <param name="top">The row of the box's first pixel.</param>
/// <param name="width">The box's width, at least 1.</param>
/// <param name="height">The box's height, at least 1.</param>
internal sealed class RowRunLengthShape(IReadOnlyList<int> counts, int left, int top, int width, int height) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        if (RunLengths.Fault(counts, width, height, mayEndEarly: true) is { } fault)
            throw new InvalidDataException($"is damaged: its {fault}");
        foreach (var (start, end) in RunLengths.Inside(counts))
        {
            for (long place = start; place < end;)
            {
                int y = (int)(place / width), x = (int)(place % width), length = (int)Math.Min(width - x, end - place);
                canvas.PaintRow(top + y, left + x, left + x + length);
                place += length;
            }
        }
    }
}
