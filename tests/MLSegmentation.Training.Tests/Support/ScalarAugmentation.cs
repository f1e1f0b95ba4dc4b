namespace MLSegmentation.Training.Tests;

/// <summary>
/// The same changes of an image, value by value and pass by pass in 32-bit numbers: the oracle of <see cref="Augmentation"/>, and
/// its peer in speed.
/// </summary>
internal static class ScalarAugmentation
{
    /// <summary>Writes a view of the sample, not rounded.</summary>
    public static void Apply(
        TrainingSample sample, AugmentationOptions options, Random random, int width, int height, Span<float> image,
        Span<byte> labels)
    {
        double scale = random.Between(options.MinScale, options.MaxScale, logarithmic: true);
        bool isFlipped = options.HorizontalFlip && random.Next(2) == 1;
        var columns = Axis.Place(sample.Width, width, scale, random, options, isFlipped);
        var rows = Axis.Place(sample.Height, height, scale, random, options, options.VerticalFlip && random.Next(2) == 1);
        Interpolate(sample, columns, rows, width, image);
        if (labels.Length > 0) TakeNearest(sample, columns, rows, width, labels);

        double contrast = random.Between(1 / (1 + options.Contrast), 1 + options.Contrast, logarithmic: true);
        double brightness = random.Between(-options.Brightness, options.Brightness, logarithmic: false) * 255;
        if (options.Brightness > 0 || options.Contrast > 0)
            Adjust(image, (float)contrast, Mean(sample.Pixels), (float)brightness);

        double saturation = random.Between(1 / (1 + options.Saturation), 1 + options.Saturation, logarithmic: true);
        double hue = random.Between(-options.Hue, options.Hue, logarithmic: false);
        bool isColour = image.Length == 3 * width * height;
        if (isColour && (options.Saturation > 0 || options.Hue > 0)) Colour(image, ColourMatrix.Create(saturation, hue));
        for (int i = 0; i < image.Length; i++) image[i] = Math.Clamp(image[i], 0, 255);
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
            ReadOnlySpan<byte> source = sample.Labels.AsSpan(rows[y].Nearest * sample.Width, sample.Width);
            for (int x = 0; x < line.Length; x++)
                line[x] = rows[y].IsInside && columns[x].IsInside ? source[columns[x].Nearest] : TrainingSample.Ignored;
        }
    }

    private static float Mean(byte[] pixels)
    {
        long sum = 0;
        foreach (byte value in pixels) sum += value;
        return (float)((double)sum / pixels.Length);
    }

    private static void Adjust(Span<float> image, float contrast, float mean, float brightness)
    {
        float offset = mean + brightness - mean * contrast;
        for (int i = 0; i < image.Length; i++) image[i] = image[i] * contrast + offset;
    }

    private static void Colour(Span<float> image, double[] matrix)
    {
        float[] m = [.. matrix.Select(value => (float)value)];
        for (int i = 0; i < image.Length; i += 3)
        {
            var (red, green, blue) = (image[i], image[i + 1], image[i + 2]);
            image[i] = m[0] * red + m[1] * green + m[2] * blue;
            image[i + 1] = m[3] * red + m[4] * green + m[5] * blue;
            image[i + 2] = m[6] * red + m[7] * green + m[8] * blue;
        }
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
