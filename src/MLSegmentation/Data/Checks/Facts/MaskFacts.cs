namespace MLSegmentation;

/// <summary>What is kept of a mask.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Pixels">The number of pixels of each label value in it.</param>
/// <param name="Basis">What its label values are taken from.</param>
/// <param name="Contradicts">Whether the file has a palette that contradicts the classes.</param>
internal sealed record MaskFacts(int Width, int Height, IReadOnlyDictionary<int, long> Pixels, LabelBasis Basis, bool Contradicts)
{
    /// <summary>The colour of each palette index in the mask; empty where it is not read by the indices of a palette.</summary>
    public IReadOnlyDictionary<int, Rgb> Palette { get; init; } = new Dictionary<int, Rgb>();
}
