namespace MLSegmentation;

/// <summary>Sees the masks of one image while an evaluation compares them, in the order of the rows.</summary>
/// <param name="label">The true mask, a key for each pixel: 0 no class, k + 1 class k.</param>
/// <param name="prediction">The predicted mask, of the same pixels.</param>
/// <param name="matrix">How the two compare; it is another image's afterwards.</param>
internal delegate void MaskPairObserver(ReadOnlySpan<uint> label, ReadOnlySpan<uint> prediction, PixelConfusionMatrix matrix);
