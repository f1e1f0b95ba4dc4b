using Microsoft.ML.Data;

namespace MLSegmentation.Cli;

/// <summary>An image's mask, and what its formats draw or write of it.</summary>
/// <param name="Scored">The corrected mask; the confidences where a format needs them.</param>
/// <param name="Image">The image; null where no format needs it.</param>
/// <param name="Palette">A colour for each class.</param>
/// <param name="Background">The class that stands for what is nothing else; null for none.</param>
internal sealed record ImageMask(SegmentedImage Scored, MLImage? Image, IReadOnlyList<Rgb> Palette, int? Background);
