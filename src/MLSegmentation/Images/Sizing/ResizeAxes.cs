namespace MLSegmentation;

/// <summary>The weights of a resize along both axes, made once for all planes; an axis whose size stays has none.</summary>
internal sealed class ResizeAxes
{
    private const int MostWeights = 1 << 16;

    // The images of a stream are mostly of one size or of few, and brought to the network's size and back.
    private static readonly ResizeAxes?[] _recent = new ResizeAxes?[31];

    private ResizeAxes(int sourceWidth, int sourceHeight, int width, int height)
    {
        (SourceWidth, SourceHeight, Width, Height) = (sourceWidth, sourceHeight, width, height);
        Horizontal = sourceWidth == width ? null : new ResizeWeights(sourceWidth, width);
        Vertical = sourceHeight == height ? null : new ResizeWeights(sourceHeight, height);
    }

    public int SourceWidth { get; }

    public int SourceHeight { get; }

    public int Width { get; }

    public int Height { get; }

    public ResizeWeights? Horizontal { get; }

    public ResizeWeights? Vertical { get; }

    /// <summary>
    /// The weights for these sizes, those made before where they are still there: a few are kept, none of very large images.
    /// </summary>
    public static ResizeAxes For(int sourceWidth, int sourceHeight, int width, int height)
    {
        long mixed = sourceWidth + (7L * sourceHeight) + (49L * width) + (343L * height);
        ref ResizeAxes? place = ref _recent[mixed % _recent.Length];
        ResizeAxes? found = place;
        if (found is not null
            && (found.SourceWidth, found.SourceHeight, found.Width, found.Height) == (sourceWidth, sourceHeight, width, height))
            return found;
        var made = new ResizeAxes(sourceWidth, sourceHeight, width, height);
        if ((made.Horizontal?.Count ?? 0) + (made.Vertical?.Count ?? 0) <= MostWeights) place = made;
        return made;
    }
}
