namespace MLSegmentation;

/// <summary>COCO's run lengths: see <see cref="RunLengths"/>.</summary>
/// <param name="counts">Counts of pixels in turn outside and inside, column by column.</param>
/// <param name="width">The width that they are of.</param>
/// <param name="height">The height that they are of.</param>
internal sealed class RunLengthShape(IReadOnlyList<int> counts, int width, int height) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        if ((width, height) != (canvas.Width, canvas.Height))
        {
            throw new InvalidDataException(
                $"has run lengths of {width}x{height} pixels, expected those of its image, {canvas.Width}x{canvas.Height}");
        }
        long sum = counts.Sum(count => (long)count);
        if (sum != (long)width * height || counts.Any(count => count < 0))
        {
            throw new InvalidDataException(
                $"has {counts.Count} run lengths that sum to {sum}, expected {width} * {height} = {(long)width * height} and "
                + "none below 0");
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
        for (int left = count; left > 0;)
        {
            int x = (int)(place / height), top = (int)(place % height), length = Math.Min(height - top, left);
            canvas.PaintColumn(x, top, top + length);
            left -= length;
            place += length;
        }
    }
}
