namespace MLSegmentation;

/// <summary>What is kept of an image.</summary>
/// <param name="Width">Its width, upright.</param>
/// <param name="Height">Its height, upright.</param>
/// <param name="Sha256">The hash of the file's bytes.</param>
/// <param name="Look">What it looks like; null for a picture of one colour.</param>
/// <param name="HasFewColours">Whether it has as few colours as a mask.</param>
internal sealed record ImageFacts(int Width, int Height, string Sha256, PerceptualHash? Look, bool HasFewColours)
{
    /// <summary>What it uses of samples of more than 8 bits; null where it has none, or their range is given.</summary>
    public SampleSpan? Span { get; init; }
}
