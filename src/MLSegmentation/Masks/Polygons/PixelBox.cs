namespace MLSegmentation;

/// <summary>A box of whole pixels.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The smallest box around corners of pixels.</summary>
    public static PixelBox Around(IReadOnlyCollection<PixelPoint> corners)
    {
        int left = corners.Min(point => point.X), top = corners.Min(point => point.Y);
        return new PixelBox(left, top, corners.Max(point => point.X) - left, corners.Max(point => point.Y) - top);
    }
}
