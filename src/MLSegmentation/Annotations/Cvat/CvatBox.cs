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
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(Degrees));
        double x = (Left + Right) / 2, y = (Top + Bottom) / 2, across = (Right - Left) / 2, down = (Bottom - Top) / 2;
        PolygonPoint Corner(double toRight, double toBottom) => new(
            x + (toRight * across * cos) - (toBottom * down * sin), y + (toRight * across * sin) + (toBottom * down * cos));
        return (new PolygonShape([Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)]), null);
    }

    public override CvatGeometry Towards(CvatGeometry other, double part) => other is CvatBox box
        ? new CvatBox(
            Between(Left, box.Left, part), Between(Top, box.Top, part), Between(Right, box.Right, part),
            Between(Bottom, box.Bottom, part), Turned(Degrees, box.Degrees, part))
        : this;
}
