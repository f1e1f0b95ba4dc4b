namespace MLSegmentation.Training;

/// <summary>
/// Pastes a rectangle of another training view, with its labels: a network then cannot tell a thing by its usual surroundings.
/// </summary>
/// <remarks>
/// Source: Yun et al., "CutMix", 2019, section 3.1: the area is uniform in 0 to 1; for segmentation French et al. 2020. Labels
/// are pasted, not mixed.
/// </remarks>
internal static class CutMix
{
    /// <summary>Pastes a rectangle at the place where it was.</summary>
    /// <param name="image">[height, width, channels], changed in place.</param>
    /// <param name="labels">[height, width], changed in place.</param>
    /// <param name="otherImage">The view that the rectangle is from.</param>
    /// <param name="otherLabels">Its labels.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="random">Chooses the rectangle.</param>
    public static void Apply(
        Span<byte> image, Span<byte> labels, ReadOnlySpan<byte> otherImage, ReadOnlySpan<byte> otherLabels, int width,
        int height, Random random)
    {
        double side = Math.Sqrt(random.NextDouble());
        int columns = (int)Math.Round(side * width), rows = (int)Math.Round(side * height),
            channels = image.Length / labels.Length;
        int left = random.Next(width - columns + 1), top = random.Next(height - rows + 1);
        for (int y = top; y < top + rows; y++)
        {
            int start = y * width + left;
            otherLabels.Slice(start, columns).CopyTo(labels[start..]);
            otherImage.Slice(start * channels, columns * channels).CopyTo(image[(start * channels)..]);
        }
    }
}
