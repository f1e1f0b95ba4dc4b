namespace MLSegmentation.Images;

/// <summary>The weights of a resize along both axes, made once for all planes; an axis whose size stays has none.</summary>
internal sealed class ResizeAxes(int sourceWidth, int sourceHeight, int width, int height)
{
    public int SourceWidth { get; } = sourceWidth;

    public int SourceHeight { get; } = sourceHeight;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public ResizeWeights? Horizontal { get; } = sourceWidth == width ? null : ResizeWeights.For(sourceWidth, width);

    public ResizeWeights? Vertical { get; } = sourceHeight == height ? null : ResizeWeights.For(sourceHeight, height);
}
