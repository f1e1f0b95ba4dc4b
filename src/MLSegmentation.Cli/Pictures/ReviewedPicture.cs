namespace MLSegmentation.Cli;

/// <summary>An image of a review to be drawn.</summary>
/// <param name="Title">The line above it.</param>
/// <param name="Region">The suspicious region in it; null where it is about the whole image.</param>
/// <param name="Rgba">Red, green, blue and alpha of each pixel, row by row.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Label">A key for each pixel: 0 no class, k + 1 class k; null where there is no label.</param>
/// <param name="Prediction">The same of the model.</param>
internal sealed record ReviewedPicture(
    string Title, SuspectRegion? Region, byte[] Rgba, int Width, int Height, uint[]? Label, uint[] Prediction);
