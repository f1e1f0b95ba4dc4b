namespace MLSegmentation.Cli;

/// <summary>An image of an evaluation with its masks, to be drawn.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Rank">Where it stands among the others.</param>
/// <param name="Rgba">Red, green, blue and alpha of each pixel, row by row.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Label">A key for each pixel: 0 no class, k + 1 class k.</param>
/// <param name="Prediction">The same of the prediction.</param>
/// <param name="Metrics">What the image alone came to.</param>
/// <param name="Palette">A colour for each class.</param>
internal sealed record ComparedImage(
    string Title, string Rank, byte[] Rgba, int Width, int Height, uint[] Label, uint[] Prediction, SegmentationMetrics Metrics,
    IReadOnlyList<Rgb> Palette);
