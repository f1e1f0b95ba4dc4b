namespace MLSegmentation.Training;

/// <summary>Fills a square with plain gray and ignores its labels: nobody can tell what was there.</summary>
/// <remarks>
/// Source: DeVries and Taylor, "Cutout", 2017, section 3.2: the square's middle is anywhere in the image, so that a part of it
/// may lie outside. Labels as in French et al. 2020, section 3.3, where the loss leaves out what is cut.
/// </remarks>
internal static class Cutout
{
    /// <summary>Changes a view in place.</summary>
    /// <param name="image">[height, width, channels].</param>
    /// <param name="labels">[height, width], or empty.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="part">The square's side as a part of the view's shorter one, 0 to 1.</param>
    /// <param name="fill">The value that the square gets.</param>
    /// <param name="random">Chooses the place.</param>
    public static void Apply(
        Span<byte> image, Span<byte> labels, int width, int height, double part, byte fill, Random random)
    {
        int side = (int)Math.Round(part * Math.Min(width, height)), channels = image.Length / (width * height);
        int left = random.Next(width) - side / 2, top = random.Next(height) - side / 2;
        int right = Math.Min(left + side, width), bottom = Math.Min(top + side, height);
        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        for (int y = top; y < bottom && left < right; y++)
        {
            image.Slice((y * width + left) * channels, (right - left) * channels).Fill(fill);
            if (labels.Length > 0) labels.Slice(y * width + left, right - left).Fill(TrainingSample.Ignored);
        }
    }
}
