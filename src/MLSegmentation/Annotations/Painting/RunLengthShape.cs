namespace MLSegmentation;

/// <summary>COCO's run lengths: see <see cref="RunLengths"/>.</summary>
/// <param name="counts">Counts of pixels in turn outside and inside, column by column.</param>
/// <param name="width">The width that they are of.</param>
/// <param name="height">The height that they are of.</param>
internal sealed class RunLengthShape(IReadOnlyList<int> counts, int width, int height) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        RequireSize(canvas, "run lengths", width, height);
        if (RunLengths.Fault(counts, width, height) is { } fault) throw new InvalidDataException($"is damaged: its {fault}");
        foreach (var (start, end) in RunLengths.Inside(counts)) canvas.PaintColumns(start, end);
    }
}
