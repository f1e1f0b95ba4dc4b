using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>An image's pixels, four bytes each, and the size that the image has in full where it was decoded smaller.</summary>
internal readonly ref struct PixelView(ReadOnlySpan<byte> pixels, MLPixelFormat format, int width, int height, int fullWidth, int fullHeight)
{
    public ReadOnlySpan<byte> Pixels { get; } = pixels;

    public MLPixelFormat Format { get; } = format;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public int FullWidth { get; } = fullWidth;

    public int FullHeight { get; } = fullHeight;
}
