namespace MLSegmentation;

/// <summary>A polygon of CVAT's.</summary>
/// <param name="Points">Its points.</param>
internal sealed record CvatPolygon(PolygonPoint[] Points) : CvatGeometry
{
    public override (RegionShape? Shape, string? Fault) ToRegion() => Points.Length >= 3
        ? (new PolygonShape(Points), null)
        : (null, $"has {Plural.Of(Points.Length, "point")}, expected at least 3");

    public override CvatGeometry Towards(CvatGeometry other, double part) =>
        other is CvatPolygon polygon ? new CvatPolygon(CvatOutline.Between(Points, polygon.Points, part)) : this;
}
