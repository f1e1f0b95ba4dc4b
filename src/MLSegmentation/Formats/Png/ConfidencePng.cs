namespace MLSegmentation;

/// <summary>Writes confidences as gray PNG files.</summary>
public static class ConfidencePng
{
    /// <summary>Writes each pixel's confidence times 255, rounded, as an 8-bit gray value: 0.5 becomes 128.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="confidence">A probability for each pixel, 0 to 1, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// A value is outside 0 to 1 or no number, or the values do not have the length of the width and height.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> confidence, int width, int height)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        PngWriter.WriteGray(path, ToGray(confidence), width, height);
    }

    /// <summary>Writes them to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{float}, int, int)"/>
    public static void Write(Stream stream, ReadOnlySpan<float> confidence, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PngWriter.WriteGray(stream, ToGray(confidence), width, height);
    }

    private static byte[] ToGray(ReadOnlySpan<float> confidence)
    {
        var gray = new byte[confidence.Length];
        for (int i = 0; i < gray.Length; i++)
        {
            float value = confidence[i];
            if (!(value is >= 0 and <= 1))
            {
                throw new ArgumentException(
                    $"The confidence at place {i} is {value}, expected a probability from 0 to 1.", nameof(confidence));
            }
            gray[i] = (byte)(value * byte.MaxValue + 0.5f);
        }
        return gray;
    }
}
