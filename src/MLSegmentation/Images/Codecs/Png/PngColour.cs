namespace MLSegmentation;

/// <summary>What the samples of a PNG file mean; the values are those of the file.</summary>
internal enum PngColour
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
