namespace MLSegmentation;

/// <summary>What a brush of Label Studio painted, which is large once it is read: it is when it is painted.</summary>
/// <param name="runs">The run lengths: see <see cref="BrushRunLengths"/>.</param>
/// <param name="width">The width that they are of.</param>
/// <param name="height">The height that they are of.</param>
internal sealed class BrushShape(byte[] runs, int width, int height) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        RequireSize(canvas, "a brush", width, height);
        LabelImage inside = BrushRunLengths.Decode(runs, width, height)
            ?? throw new InvalidDataException("has run lengths of a brush that are cut off or of another size");
        new LabelValueShape(inside, 1).Paint(canvas);
    }
}
