namespace MLSegmentation;

/// <summary>An ellipse of CVAT's.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="RadiusX">Half of its width before it is turned.</param>
/// <param name="RadiusY">Half of its height before it is turned.</param>
/// <param name="Degrees">By how much it is turned clockwise around its centre.</param>
internal sealed record CvatEllipse(PolygonPoint Centre, double RadiusX, double RadiusY, double Degrees) : CvatGeometry
{
    public override (RegionShape? Shape, string? Fault) ToRegion() => RadiusX > 0 && RadiusY > 0
        ? (new EllipseShape(Centre, RadiusX, RadiusY, Degrees), null)
        : (null, "has no width or no height");

    public override CvatGeometry Towards(CvatGeometry other, double part) => other is CvatEllipse ellipse
        ? new CvatEllipse(
            new PolygonPoint(Between(Centre.X, ellipse.Centre.X, part), Between(Centre.Y, ellipse.Centre.Y, part)),
            Between(RadiusX, ellipse.RadiusX, part), Between(RadiusY, ellipse.RadiusY, part),
            Turned(Degrees, ellipse.Degrees, part))
        : this;
}
