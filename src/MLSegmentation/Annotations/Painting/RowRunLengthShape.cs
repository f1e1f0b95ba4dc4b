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
        long sum = counts.Sum(count => (long)count);
        if (sum > (long)width * height || counts.Any(count => count < 0))
        {
            throw new InvalidDataException(
                $"has {counts.Count} run lengths that sum to {sum}, expected at most {width} * {height} = {(long)width * height} "
                + "and none below 0");
        }
        long place = 0;
        for (int run = 0; run < counts.Count; run++)
        {
            if (run % 2 == 1) Paint(place, counts[run], canvas);
            place += counts[run];
        }
    }

    private void Paint(long place, int count, MaskCanvas canvas)
    {
        for (int rest = count; rest > 0;)
        {
            int y = (int)(place / width), x = (int)(place % width), length = Math.Min(width - x, rest);
            canvas.PaintRow(top + y, left + x, left + x + length);
            rest -= length;
            place += length;
        }
    }
}
