namespace MLSegmentation;

/// <summary>
/// What is corrected in a mask after it was predicted, in this order: small regions, holes, opening, closing. The defaults correct nothing.
/// Background is what is left over between the classes: pixels without a class, and those of <see cref="Background"/> where it is given.
/// Background is never removed, opened or closed itself.
/// </summary>
/// <example><code>var clean = new MaskPostprocessing { Background = 0, MinRegionPixels = 20, MaxHolePixels = 50, ClosingRadius = 1 };</code></example>
public sealed record MaskPostprocessing
{
    /// <summary>
    /// The class, from 0, that stands for background: what is removed becomes this class, and its regions can be holes. Default null: removed
    /// pixels get key 0, no class.
    /// </summary>
    public int? Background { get; init; }

    /// <summary>Regions of one class with fewer pixels than this become background. At least 0; default 0: all stay.</summary>
    public int MinRegionPixels { get; init; }

    /// <summary>
    /// Holes of at most this many pixels take the class around them. A hole is a region of background that does not touch the image's edge and
    /// whose neighbours are all of one class. At least 0; default 0: none is filled. <see cref="int.MaxValue"/> fills all.
    /// </summary>
    public int MaxHolePixels { get; init; }

    /// <summary>
    /// The radius in pixels of the opening of each class: what no square of 2 * radius + 1 pixels a side fits into becomes background, such as
    /// bridges and spikes. At least 0; default 0: none. The image's edge is as if the image went on.
    /// </summary>
    public int OpeningRadius { get; init; }

    /// <summary>
    /// The radius in pixels of the closing of each class: background that no square of 2 * radius + 1 pixels a side fits into beside the class
    /// takes it, such as cracks and bays. Other classes keep their pixels, and a pixel that two classes would take stays background. At least
    /// 0; default 0: none.
    /// </summary>
    public int ClosingRadius { get; init; }

    /// <summary>
    /// Which pixels make up a region. Default <see cref="Connectivity.Eight"/>. Holes are connected the other way, so that a
    /// closed line of either kind encloses one (Rosenfeld 1970, "Connectivity in digital pictures").
    /// </summary>
    public Connectivity Connectivity { get; init; } = Connectivity.Eight;

    /// <summary>
    /// Corrects a mask in place. The time is linear in the number of pixels, whatever the radius; opening and closing take it once for each
    /// class in the mask. In <c>[1, 0, 1, 2]</c>, 4 by 1, a closing of radius 1 fills the gap: <c>[1, 1, 1, 2]</c>.
    /// </summary>
    /// <param name="mask">One key a pixel, row by row: 0 is no class, <c>k + 1</c> is class <c>k</c>.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or a size is out of its range.</exception>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public void Apply(Span<uint> mask, int width, int height)
    {
        Check();
        MaskLength.Check(mask.Length, width, height);
        uint background = (uint)((Background ?? -1) + 1);
        if (MinRegionPixels > 1) SmallRegions.Remove(mask, width, height, MinRegionPixels, Connectivity, background);
        if (MaxHolePixels > 0) Holes.Fill(mask, width, height, MaxHolePixels, Dual(Connectivity), background);
        if (OpeningRadius > 0) Morphology.Open(mask, width, height, OpeningRadius, background);
        if (ClosingRadius > 0) Morphology.Close(mask, width, height, ClosingRadius, background);
    }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        RequireAtLeastZero(nameof(Background), Background ?? 0);
        RequireAtLeastZero(nameof(MinRegionPixels), MinRegionPixels);
        RequireAtLeastZero(nameof(MaxHolePixels), MaxHolePixels);
        RequireAtLeastZero(nameof(OpeningRadius), OpeningRadius);
        RequireAtLeastZero(nameof(ClosingRadius), ClosingRadius);
        if (!Enum.IsDefined(Connectivity))
            throw new ArgumentOutOfRangeException(nameof(Connectivity), Connectivity, "Expected a Connectivity of Four or Eight.");
    }

    private static Connectivity Dual(Connectivity connectivity) =>
        connectivity == Connectivity.Four ? Connectivity.Eight : Connectivity.Four;

    private static void RequireAtLeastZero(string option, int value)
    {
        if (value < 0) throw new ArgumentOutOfRangeException(option, value, $"{option} is negative, expected at least 0.");
    }
}
