namespace MLSegmentation;

/// <summary>The mask of one image.</summary>
/// <param name="Width">Columns of the mask: the image's, or what the network saw (<see cref="MaskSize.Network"/>).</param>
/// <param name="Height">Rows of the mask: the image's, or what the network saw (<see cref="MaskSize.Network"/>).</param>
/// <param name="Mask">One key a pixel, row by row: 0 is no class, k + 1 is class k.</param>
/// <param name="Confidence">
/// The probability of each pixel's best class, 0 to 1, in the mask's order; empty without
/// <see cref="SegmentationModelOptions.WithConfidence"/>.
/// </param>
public sealed record SegmentationResult(int Width, int Height, ReadOnlyMemory<uint> Mask, ReadOnlyMemory<float> Confidence);
