namespace MLSegmentation;

/// <summary>A mask of CVAT's.</summary>
/// <param name="Runs">Its pixels.</param>
internal sealed record CvatMask(RowRunLengthShape Runs) : CvatGeometry
{
    public override (RegionShape? Shape, string? Fault) ToRegion() => (Runs, null);
}
