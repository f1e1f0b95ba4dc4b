namespace MLSegmentation;

/// <summary>A region of a mask: pixels of one class that are connected over their edges.</summary>
/// <param name="Key">Its key; 0 where it is to be ignored.</param>
/// <param name="Number">Its number among <see cref="MaskRegions.Numbers"/>.</param>
/// <param name="Outline">Its outline along the borders of pixels.</param>
/// <param name="Area">Its number of pixels.</param>
/// <param name="Confidence">The mean confidence of its pixels, to four digits behind the point; null where there is none.</param>
internal sealed record MaskRegion(uint Key, uint Number, MaskPolygon Outline, int Area, double? Confidence)
{
    /// <summary>The smallest box around it.</summary>
    public PixelBox Box { get; } = PixelBox.Around([.. Outline.Outer]);
}
