namespace MLSegmentation;

/// <summary>
/// A shape whose coordinates are parts of the image's sides. Where they are not, such as where they are pixels, it would cover
/// the whole image.
/// </summary>
/// <param name="shape">Its pixels.</param>
/// <param name="coordinates">The coordinates, as the file has them.</param>
/// <param name="most">The coordinate of the far edge.</param>
internal sealed class BoundedShape(RegionShape shape, IEnumerable<double> coordinates, double most) : RegionShape
{
    /// <summary>How far beyond an edge rounding and a pointer that left the image lead: a hundredth of the side.</summary>
    private const double Excess = 0.01;

    public override void Paint(MaskCanvas canvas)
    {
        foreach (double one in coordinates)
        {
            if (one < -Excess * most || one > (1 + Excess) * most)
                throw new InvalidDataException(FormattableString.Invariant($"has the coordinate {one}, expected 0 to {most}"));
        }
        shape.Paint(canvas);
    }
}
