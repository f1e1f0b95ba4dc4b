namespace MLSegmentation.Training;

/// <summary>
/// Cuts one training view out of a sample: scale, crop and flip, and colours in the same pass. What lies beyond the image is
/// padded as in scoring.
/// </summary>
internal static class Augmentation
{
    /// <summary>Writes a view of the sample.</summary>
    /// <param name="sample">The image and its labels.</param>
    /// <param name="options">What may change.</param>
    /// <param name="random">Where the changes come from.</param>
    /// <param name="width">Columns of the view.</param>
    /// <param name="height">Rows of the view.</param>
    /// <param name="image">Receives [height, width, channels], 0 to 255.</param>
    /// <param name="labels">
    /// Receives [height, width]; what lies outside the image is ignored. Empty where there are no labels.
    /// </param>
    /// <returns>Whether the view is mirrored left to right.</returns>
    public static bool Apply(
        TrainingSample sample, AugmentationOptions options, Random random, int width, int height, Span<byte> image,
        Span<byte> labels)
    {
        double scale = random.Between(options.MinScale, options.MaxScale, logarithmic: true);
        bool isFlipped = options.HorizontalFlip && random.Next(2) == 1;
        AxisPlace columns = AxisPlace.Draw(sample.Width, width, scale, random, options, isFlipped);
        AxisPlace rows = AxisPlace.Draw(
            sample.Height, height, scale, random, options, options.VerticalFlip && random.Next(2) == 1);
        ColourChange colours = ColourChange.Draw(sample, options, random);
        AxisTaps across = columns.Taps(), down = rows.Taps();
        StraightView.WriteImage(sample, across, down, colours, image);
        if (labels.Length > 0) StraightView.WriteLabels(sample, across, down, labels);
        return isFlipped;
    }
}
