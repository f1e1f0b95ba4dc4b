namespace MLSegmentation;

/// <summary>How the pixels of a BMP file are packed; the values are those of the file.</summary>
internal enum BmpCompression
{
    None = 0,
    RunLengths8 = 1,
    RunLengths4 = 2,
    Masks = 3,
    MasksWithAlpha = 6,
}
