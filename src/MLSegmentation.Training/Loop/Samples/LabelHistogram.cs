namespace MLSegmentation.Training;

/// <summary>Counts labels.</summary>
internal static class LabelHistogram
{
    private const int Values = byte.MaxValue + 1;

    /// <summary>How often each of the 256 values is there.</summary>
    public static long[] Count(ReadOnlySpan<byte> labels)
    {
        // Four counters of each value: neighbours are mostly alike, and one counter would wait for itself.
        var counts = new int[4 * Values];
        int i = 0;
        for (; i + 4 <= labels.Length; i += 4)
        {
            counts[labels[i]]++;
            counts[Values + labels[i + 1]]++;
            counts[2 * Values + labels[i + 2]]++;
            counts[3 * Values + labels[i + 3]]++;
        }
        for (; i < labels.Length; i++) counts[labels[i]]++;
        var sums = new long[Values];
        for (int k = 0; k < counts.Length; k++) sums[k % Values] += counts[k];
        return sums;
    }
}
