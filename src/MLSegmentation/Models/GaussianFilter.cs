namespace MLSegmentation;

/// <summary>Smooths a plane of numbers by a Gaussian: the weighted mean of what is within three standard deviations.</summary>
internal static class GaussianFilter
{
    private const double Reach = 3;

    /// <summary>
    /// Smooths in place. At the borders the weights that lie inside count, made to sum to 1: a constant plane stays as it is. A
    /// plane that is 1 in one pixel becomes about 0.159 there and 0.097 beside it with a deviation of 1.
    /// </summary>
    /// <param name="plane">[<paramref name="height"/>, <paramref name="width"/>], row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="deviation">The standard deviation in pixels; 0 changes nothing.</param>
    public static void Apply(Span<float> plane, int width, int height, double deviation)
    {
        if (deviation == 0) return;
        float[] kernel = [.. Enumerable.Range(0, (int)Math.Ceiling(Reach * deviation) + 1)
            .Select(i => (float)Math.Exp(-i * i / (2 * deviation * deviation)))];
        var line = new float[Math.Max(width, height)];
        for (int y = 0; y < height; y++) Smooth(plane.Slice(y * width, width), 1, line.AsSpan(0, width), kernel);
        for (int x = 0; x < width; x++) Smooth(plane[x..], width, line.AsSpan(0, height), kernel);
    }

    private static void Smooth(Span<float> plane, int step, Span<float> line, float[] kernel)
    {
        for (int i = 0; i < line.Length; i++) line[i] = plane[i * step];
        for (int i = 0; i < line.Length; i++)
        {
            float sum = 0, weights = 0;
            for (int j = Math.Max(0, i - kernel.Length + 1); j < Math.Min(line.Length, i + kernel.Length); j++)
            {
                float weight = kernel[Math.Abs(j - i)];
                sum += weight * line[j];
                weights += weight;
            }
            plane[i * step] = sum / weights;
        }
    }
}
