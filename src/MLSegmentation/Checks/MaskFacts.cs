namespace MLSegmentation.Checks;

/// <summary>What is kept of a mask.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Pixels">The number of pixels of each label value in it.</param>
internal sealed record MaskFacts(int Width, int Height, IReadOnlyDictionary<int, long> Pixels);
