using System.Numerics;

namespace MLSegmentation;

/// <summary>Samples of less than a byte, as PNG and BMP pack them: several a byte, the leftmost in the high bits.</summary>
internal static class PackedSamples
{
    /// <summary>Takes samples apart.</summary>
    /// <param name="row">The packed bytes.</param>
    /// <param name="depth">Bits of a sample: 1, 2 or 4.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="samples">Receives each, 0 to 2^depth - 1.</param>
    /// <param name="step">From the place of one to the place of the next.</param>
    public static void Unpack<T>(ReadOnlySpan<byte> row, int depth, int count, Span<T> samples, int step = 1)
        where T : IBinaryInteger<T>
    {
        int mask = (1 << depth) - 1;
        for (int i = 0; i < count; i++)
        {
            int bit = i * depth;
            samples[i * step] = T.CreateTruncating((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask);
        }
    }

    /// <summary>A value of 0 to the largest on a scale of 0 to 255, rounded: 1 of 3 becomes 85.</summary>
    public static byte ToByte(int value, int largest) => (byte)(((value * 255L) + (largest / 2)) / largest);
}
