namespace MLSegmentation;

/// <summary>Several shapes that are one region: where they overlap it has no hole.</summary>
/// <param name="parts">The shapes.</param>
internal sealed class UnionShape(IReadOnlyList<RegionShape> parts) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        foreach (RegionShape part in parts) part.Paint(canvas);
    }
}
