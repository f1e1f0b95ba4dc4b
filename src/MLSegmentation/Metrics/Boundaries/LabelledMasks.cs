namespace MLSegmentation;

/// <summary>The masks of one image, checked, and what is predicted on ignored pixels taken out.</summary>
internal static class LabelledMasks
{
    /// <summary>The prediction with key 0 wherever the label is ignored: there it can be neither right nor wrong.</summary>
    /// <exception cref="ArgumentException">A mask does not have width × height pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is less than 1, or a key is greater than the number of classes.
    /// </exception>
    public static uint[] Judged(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions, int width, int height, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (labels.Length != (long)width * height || predictions.Length != labels.Length)
        {
            throw new ArgumentException(
                $"Received {labels.Length} labels and {predictions.Length} predictions, expected {width} × {height} "
                + $"= {(long)width * height} of both.",
                nameof(labels));
        }
        var judged = new uint[labels.Length];
        for (int i = 0; i < judged.Length; i++)
        {
            if (labels[i] > classes || predictions[i] > classes)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), Math.Max(labels[i], predictions[i]),
                    $"Pixel {i} has the key {Math.Max(labels[i], predictions[i])}, expected 0 (no class) to {classes}, one "
                    + "key a class.");
            }
            judged[i] = labels[i] == 0 ? 0 : predictions[i];
        }
        return judged;
    }

    /// <summary>A fraction of the image's diagonal, in pixels.</summary>
    public static double OfDiagonal(double fraction, int width, int height) =>
        fraction * Math.Sqrt((double)width * width + (double)height * height);

    /// <exception cref="ArgumentOutOfRangeException">It is no fraction above 0.</exception>
    public static double CheckFraction(double fraction, string name) => fraction is > 0 and <= 1
        ? fraction
        : throw new ArgumentOutOfRangeException(
            name, fraction, "Expected a fraction of the image's diagonal, above 0 and at most 1.");
}
