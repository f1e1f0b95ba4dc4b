namespace MLSegmentation.Training;

/// <summary>
/// Cuts one training view out of a sample: scale, crop, flip, turn and deformation, and colours in the same pass; then what
/// cameras and files do to pixels. What lies beyond the image is padded as in scoring.
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
        int quarters = options.QuarterTurns ? random.Next(4) : 0;
        var (across, down) = quarters % 2 == 0 ? (width, height) : (height, width);
        double scale = random.Between(options.MinScale, options.MaxScale, logarithmic: true);
        bool isFlipped = options.HorizontalFlip && random.Next(2) == 1;
        AxisPlace columns = AxisPlace.Draw(sample.Width, across, scale, random, options, isFlipped);
        AxisPlace rows = AxisPlace.Draw(
            sample.Height, down, scale, random, options, options.VerticalFlip && random.Next(2) == 1);
        ColourChange colours = ColourChange.Draw(sample, options, random);
        if (quarters > 0 || options.Rotation > 0 || options.Elastic > 0)
        {
            double degrees = options.Rotation > 0 ? random.Between(-options.Rotation, options.Rotation, logarithmic: false) : 0;
            ElasticField? field = options.Elastic > 0 ? new ElasticField(options.Elastic, random, width, height) : null;
            new TurnedView(sample, columns, rows, quarters, degrees, field).Write(colours, image, labels);
        }
        else
        {
            AxisTaps columnTaps = columns.Taps(), rowTaps = rows.Taps();
            StraightView.WriteImage(sample, columnTaps, rowTaps, colours, image);
            if (labels.Length > 0) StraightView.WriteLabels(sample, columnTaps, rowTaps, labels);
        }
        Degrade(image, options, random, width, sample.Channels);
        if (options.Cutout > 0)
            Cutout.Apply(image, labels, width, height, options.Cutout, (byte)Math.Round(sample.Mean), random);
        return isFlipped;
    }

    /// <summary>In the order in which it happens to a picture: light, lens, sensor, file.</summary>
    private static void Degrade(Span<byte> image, AugmentationOptions options, Random random, int width, int channels)
    {
        if (options.Gamma > 0)
            GammaCurve.Apply(image, random.Between(1 / (1 + options.Gamma), 1 + options.Gamma, logarithmic: true));
        if (options.Blur > 0)
            GaussianBlur.Apply(image, width, channels, random.Between(0, options.Blur, logarithmic: false));
        if (options.Noise > 0)
        {
            double deviation = random.Between(0, options.Noise, logarithmic: false) * byte.MaxValue;
            GaussianNoise.Apply(image, deviation, random);
        }
        if (options.JpegQuality < AugmentationOptions.BestJpegQuality)
        {
            int quality = random.Next(options.JpegQuality, AugmentationOptions.BestJpegQuality + 1);
            JpegArtefacts.Apply(image, width, channels, quality);
        }
    }
}
