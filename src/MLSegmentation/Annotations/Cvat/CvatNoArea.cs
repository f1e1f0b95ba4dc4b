namespace MLSegmentation;

/// <summary>A shape of CVAT's that has no area, such as <c>points</c>.</summary>
/// <param name="Kind">What it is.</param>
internal sealed record CvatNoArea(string Kind) : CvatGeometry
{
    public override (RegionShape? Shape, string? Fault) ToRegion() => (null, $"is a {Kind}, which has no area");
}
