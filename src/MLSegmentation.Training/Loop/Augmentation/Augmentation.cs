namespace MLSegmentation.Training;

/// <summary>
/// Cuts one training view out of a sample: scale, crop and flip, then colours. What lies beyond the image is padded as in
/// scoring.
/// </summary>
internal static class Augmentation
{
    /// <summary>Writes a view of the sample.</summary>
    /// <param name="sample">The image and its labels.</param>
    /// <param name="options">What may change.</param>
    /// <param name="random">Where the changes come from.</param>
    /// <param name="width">Columns of the view.</param>
    /// <param name="height">Rows of the view.</param>
    /// <param name="pixels">Receives [height, width, channels], 0 to 255.</param>
    /// <param name="labels">
    /// Receives [height, width]; what lies outside the image is ignored. Empty where there are no labels.
    /// </param>
    /// <returns>Whether the view is mirrored left to right.</returns>
    public static bool Apply(
        TrainingSample sample, AugmentationOptions options, Random random, int width, int height, Span<byte> pixels,
        Span<byte> labels)
    {
        var image = new float[pixels.Length];
        double scale = Between(random, options.MinScale, options.MaxScale, logarithmic: true);
        bool isFlipped = options.HorizontalFlip && random.Next(2) == 1;
        var columns = Axis.Place(sample.Width, width, scale, random, options, isFlipped);
        var rows = Axis.Place(sample.Height, height, scale, random, options, options.VerticalFlip && random.Next(2) == 1);
        Interpolate(sample, columns, rows, width, image);
        if (labels.Length > 0) TakeNearest(sample, columns, rows, width, labels);

        double contrast = Between(random, 1 / (1 + options.Contrast), 1 + options.Contrast, logarithmic: true);
        double brightness = Between(random, -options.Brightness, options.Brightness, logarithmic: false) * 255;
        if (options.Brightness > 0 || options.Contrast > 0) Adjust(image, (float)contrast, (float)brightness);

        double saturation = Between(random, 1 / (1 + options.Saturation), 1 + options.Saturation, logarithmic: true);
        double hue = Between(random, -options.Hue, options.Hue, logarithmic: false);
        bool isColour = image.Length == 3 * width * height;
        if (isColour && (options.Saturation > 0 || options.Hue > 0)) new ColourMatrix(saturation, hue).Apply(image);
        for (int i = 0; i < image.Length; i++) pixels[i] = (byte)(image[i] + 0.5f);
        return isFlipped;
    }

    private static double Between(Random random, double low, double high, bool logarithmic)
    {
        double part = random.NextDouble();
        return logarithmic ? low * Math.Pow(high / low, part) : low + (high - low) * part;
    }

    private static void Interpolate(TrainingSample sample, Axis[] columns, Axis[] rows, int width, Span<float> image)
    {
        int channels = sample.Pixels.Length / (sample.Width * sample.Height), stride = sample.Width * channels;
        for (int y = 0; y < rows.Length; y++)
        {
            ReadOnlySpan<byte> above = sample.Pixels.AsSpan(rows[y].Before * stride, stride),
                below = sample.Pixels.AsSpan(rows[y].After * stride, stride);
            Span<float> line = image.Slice(y * width * channels, width * channels);
            float down = rows[y].Weight;
            for (int x = 0; x < width; x++)
            {
                int left = columns[x].Before * channels, right = columns[x].After * channels;
                float across = columns[x].Weight;
                for (int channel = 0; channel < channels; channel++)
                {
                    float top = above[left + channel] + (above[right + channel] - above[left + channel]) * across;
                    float bottom = below[left + channel] + (below[right + channel] - below[left + channel]) * across;
                    line[x * channels + channel] = top + (bottom - top) * down;
                }
            }
        }
    }

    private static void TakeNearest(TrainingSample sample, Axis[] columns, Axis[] rows, int width, Span<byte> labels)
    {
        for (int y = 0; y < rows.Length; y++)
        {
            Span<byte> line = labels.Slice(y * width, width);
            if (!rows[y].IsInside)
            {
                line.Fill(TrainingSample.Ignored);
                continue;
            }
            ReadOnlySpan<byte> source = sample.Labels.AsSpan(rows[y].Nearest * sample.Width, sample.Width);
            for (int x = 0; x < line.Length; x++)
                line[x] = columns[x].IsInside ? source[columns[x].Nearest] : TrainingSample.Ignored;
        }
    }

    private static void Adjust(Span<float> image, float contrast, float brightness)
    {
        float mean = System.Numerics.Tensors.TensorPrimitives.Sum(image) / image.Length;
        float offset = mean + brightness - mean * contrast;
        for (int i = 0; i < image.Length; i++) image[i] = Math.Clamp(image[i] * contrast + offset, 0, 255);
    }

    /// <summary>Where one column or row of the view lies in the sample.</summary>
    private readonly record struct Axis(int Before, int After, float Weight, int Nearest, bool IsInside)
    {
        public static Axis[] Place(int source, int view, double scale, Random random, AugmentationOptions options, bool isFlipped)
        {
            double scaled = source * scale, slack = scaled - view;
            double start = options.MinScale == options.MaxScale && slack <= 0 ? slack / 2 : slack * random.NextDouble();
            var axis = new Axis[view];
            for (int i = 0; i < view; i++)
            {
                double position = ((isFlipped ? view - 1 - i : i) + 0.5 + start) / scale;
                double centre = Mirror.Coordinate(position - 0.5, source);
                int before = (int)centre;
                axis[i] = new Axis(before, Math.Min(before + 1, source - 1), (float)(centre - before),
                    Math.Clamp((int)position, 0, source - 1), position >= 0 && position < source);
            }
            return axis;
        }
    }
}
