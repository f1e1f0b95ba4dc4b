namespace MLSegmentation;

/// <summary>A box of CVAT's.</summary>
/// <param name="Left">Its left side before it is turned.</param>
/// <param name="Top">Its upper side before.</param>
/// <param name="Right">Its right side before.</param>
/// <param name="Bottom">Its lower side before.</param>
/// <param name="Degrees">By how much it is turned clockwise around its middle.</param>
internal sealed record CvatBox(double Left, double Top, double Right, double Bottom, double Degrees) : CvatGeometry
{
    public override (RegionShape? Shape, string? Fault) ToRegion()
    {
        var middle = new PolygonPoint((Left + Right) / 2, (Top + Bottom) / 2);
        double across = (Right - Left) / 2, down = (Bottom - Top) / 2;
        return (new PolygonShape(BoxCorners.Of(middle, -across, -down, across, down, Degrees)), null);
    }

    public override CvatGeometry Towards(CvatGeometry other, double part) => other is CvatBox box
        ? new CvatBox(
            Between(Left, box.Left, part), Between(Top, box.Top, part), Between(Right, box.Right, part),
            Between(Bottom, box.Bottom, part), Turned(Degrees, box.Degrees, part))
        : this;
}
