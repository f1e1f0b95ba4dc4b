namespace MLSegmentation;

/// <summary>Where a shape of CVAT's is.</summary>
internal abstract record CvatGeometry
{
    /// <summary>Its pixels, or why it has none.</summary>
    public abstract (RegionShape? Shape, string? Fault) ToRegion();

    /// <summary>What it is on the way to another; itself where CVAT has none in between, such as for masks.</summary>
    /// <param name="other">Where it goes.</param>
    /// <param name="part">How much of the way is gone, from 0 to 1.</param>
    public virtual CvatGeometry Towards(CvatGeometry other, double part) => this;

    /// <summary>The number between two.</summary>
    protected static double Between(double from, double to, double part) => from + ((to - from) * part);

    /// <summary>The degrees between two, the shorter way around.</summary>
    protected static double Turned(double from, double to, double part)
    {
        const double Half = 180, Whole = 360;
        double way = ((((to - from + Half) % Whole) + Whole) % Whole) - Half;
        return from + (way * part);
    }
}
