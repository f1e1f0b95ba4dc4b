namespace MLSegmentation;

/// <summary>
/// A corner of pixels: (0, 0) is the upper left corner of the image, (width, height) the lower right one. The pixel in column x
/// and row y lies between (x, y) and (x + 1, y + 1).
/// </summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
public readonly record struct PixelPoint(int X, int Y);
