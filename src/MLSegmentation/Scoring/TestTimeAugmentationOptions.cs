namespace MLSegmentation;

/// <summary>
/// Views of an image whose probabilities are averaged (Simonyan and Zisserman 2015, section 3.2). Each view costs a run of the
/// network: two scales with their mirror images cost four.
/// </summary>
public sealed record TestTimeAugmentationOptions
{
    /// <summary>Whether the image is seen mirrored left to right too. Default true.</summary>
    public bool HorizontalFlip { get; init; } = true;

    /// <summary>
    /// The factors, above 0, by which the size is multiplied that the network sees the image in. Default 1 alone; others need a
    /// network of free size.
    /// </summary>
    public IReadOnlyList<double> Scales { get; init; } = [1];

    /// <exception cref="ArgumentOutOfRangeException">There is no scale, or one is not positive.</exception>
    internal void Validate()
    {
        if (Scales.Count == 0 || Scales.Any(scale => !(scale is > 0 and < 100)))
        {
            throw new ArgumentOutOfRangeException(
                "options", $"The scales of the test-time augmentation are [{string.Join(", ", Scales)}], expected at least one, "
                    + "each above 0.");
        }
    }
}
