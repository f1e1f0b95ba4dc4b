namespace MLSegmentation;

/// <summary>Corrects masks after they were predicted: small regions, holes, opening and closing of each class.</summary>
public static class MaskPostprocessing
{
    /// <summary>
    /// Corrects a mask in place. The time is linear in the number of pixels, whatever the radius; opening and closing take it
    /// once for each class in the mask. In <c>[1, 0, 1, 2]</c>, 4 by 1, a closing of radius 1 fills the gap: <c>[1, 1, 1, 2]</c>.
    /// </summary>
    /// <param name="mask">One key a pixel, row by row: 0 is no class, <c>k + 1</c> is class <c>k</c>.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="options">What is corrected.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or a size is out of its range.</exception>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static void Apply(Span<uint> mask, int width, int height, PostprocessMaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        MaskLength.Check(mask.Length, width, height);
        uint background = (uint)((options.Background ?? -1) + 1);
        if (options.MinRegionPixels > 1)
            SmallRegions.Remove(mask, width, height, options.MinRegionPixels, options.Connectivity, background);
        if (options.MaxHolePixels > 0)
            Holes.Fill(mask, width, height, options.MaxHolePixels, Dual(options.Connectivity), background);
        if (options.OpeningRadius > 0) Morphology.Open(mask, width, height, options.OpeningRadius, background);
        if (options.ClosingRadius > 0) Morphology.Close(mask, width, height, options.ClosingRadius, background);
    }

    private static Connectivity Dual(Connectivity connectivity) =>
        connectivity == Connectivity.Four ? Connectivity.Eight : Connectivity.Four;
}
