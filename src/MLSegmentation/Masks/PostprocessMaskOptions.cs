namespace MLSegmentation;

/// <summary>
/// What is corrected in a mask after it was predicted, in this order: small regions, holes, opening, closing. The defaults
/// correct nothing. Background is what is left over between the classes: pixels without a class, and those of
/// <see cref="Background"/> where it is given. Background is never removed, opened or closed itself.
/// </summary>
/// <example>
/// <code>
/// var clean = new PostprocessMaskOptions { Background = 0, MinRegionPixels = 20, MaxHolePixels = 50, ClosingRadius = 1 };
/// </code>
/// </example>
public sealed record PostprocessMaskOptions
{
    /// <summary>
    /// The class, from 0, that stands for background: what is removed becomes this class, and its regions can be holes. Default
    /// null: removed pixels get key 0, no class.
    /// </summary>
    public int? Background { get; init; }

    /// <summary>Regions of one class with fewer pixels than this become background. At least 0; default 0: all stay.</summary>
    public int MinRegionPixels { get; init; }

    /// <summary>
    /// Holes of at most this many pixels take the class around them. A hole is a region of background that does not touch the
    /// image's edge and whose neighbours are all of one class. At least 0; default 0: none is filled. <see cref="int.MaxValue"/>
    /// fills all.
    /// </summary>
    public int MaxHolePixels { get; init; }

    /// <summary>
    /// The radius in pixels of the opening of each class. What no square of 2 * radius + 1 pixels a side fits into becomes
    /// background, such as bridges and spikes. At least 0; default 0: none. The image's edge is as if the image went on.
    /// </summary>
    public int OpeningRadius { get; init; }

    /// <summary>
    /// The radius in pixels of the closing of each class. Background into which no square of 2 * radius + 1 pixels a side fits
    /// beside the class becomes the class, such as cracks and bays. Other classes keep their pixels, and a pixel that two classes
    /// would take stays background. At least 0; default 0: none.
    /// </summary>
    public int ClosingRadius { get; init; }

    /// <summary>
    /// Which pixels make up a region. Default <see cref="Connectivity.Eight"/>. Holes are connected the other way, so that a
    /// closed line of either kind encloses one (Rosenfeld 1970, "Connectivity in digital pictures").
    /// </summary>
    public Connectivity Connectivity { get; init; } = Connectivity.Eight;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        RequireAtLeastZero(nameof(Background), Background ?? 0);
        RequireAtLeastZero(nameof(MinRegionPixels), MinRegionPixels);
        RequireAtLeastZero(nameof(MaxHolePixels), MaxHolePixels);
        RequireAtLeastZero(nameof(OpeningRadius), OpeningRadius);
        RequireAtLeastZero(nameof(ClosingRadius), ClosingRadius);
        if (!Enum.IsDefined(Connectivity))
            throw new ArgumentOutOfRangeException("options", Connectivity, "Expected a Connectivity of Four or Eight.");
    }

    private static void RequireAtLeastZero(string option, int value)
    {
        if (value < 0) throw new ArgumentOutOfRangeException("options", value, $"{option} is negative, expected at least 0.");
    }
}
