namespace MLSegmentation;

/// <summary>
/// The outline of one region of a mask: a ring around it, and one around each of its holes. A ring is a list of corners, each
/// joined to the next and the last to the first.
/// </summary>
/// <param name="Key">The key of the region: <c>k + 1</c> is class <c>k</c>.</param>
/// <param name="Outer">The ring around the region.</param>
/// <param name="Holes">The rings around its holes; none where it has no holes.</param>
public sealed record MaskPolygon(uint Key, IReadOnlyList<PixelPoint> Outer, IReadOnlyList<IReadOnlyList<PixelPoint>> Holes);
