namespace MLSegmentation.Cli;

/// <summary>A suspicious region to be drawn.</summary>
/// <param name="Title">The line above it.</param>
/// <param name="Region">The region.</param>
/// <param name="Rgba">Red, green, blue and alpha of each pixel of its image, row by row.</param>
/// <param name="Width">The image's width in pixels.</param>
/// <param name="Height">The image's height in pixels.</param>
/// <param name="Label">A key for each pixel: 0 no class, k + 1 class k.</param>
/// <param name="Prediction">The same of the model.</param>
internal sealed record DrawnRegion(
    string Title, SuspectRegion Region, byte[] Rgba, int Width, int Height, uint[] Label, uint[] Prediction);
