namespace MLSegmentation.Tests;

/// <summary>How far each pixel is from the nearest of some pixels.</summary>
internal static class DistanceTransform
{
    /// <summary>
    /// The squared Euclidean distance of each pixel to the nearest seed, exact, linear in the pixels. Without a seed it is (width
    /// + height)², farther than any.
    /// </summary>
    /// <remarks>
    /// Source: Meijster, Roerdink and Hesselink, "A general algorithm for computing distance transforms in linear time", 2000:
    /// the distance within the column first, then along each row the lower envelope of the parabolas that the columns' distances
    /// make.
    /// </remarks>
    public static long[] Squared(ReadOnlySpan<bool> seeds, int width, int height)
    {
        int[] columns = WithinColumns(seeds, width, height);
        var squared = new long[seeds.Length];
        int[] apex = new int[width], start = new int[width];
        for (int y = 0; y < height; y++)
            Envelope(columns.AsSpan(y * width, width), squared.AsSpan(y * width, width), apex, start);
        return squared;
    }

    private static int[] WithinColumns(ReadOnlySpan<bool> seeds, int width, int height)
    {
        int farther = width + height;
        var distances = new int[seeds.Length];
        for (int i = 0; i < seeds.Length; i++)
            distances[i] = seeds[i] ? 0 : i < width ? farther : Math.Min(distances[i - width] + 1, farther);
        for (int i = seeds.Length - width - 1; i >= 0; i--)
            distances[i] = Math.Min(distances[i], distances[i + width] + 1);
        return distances;
    }

    /// <summary>Of the parabolas (x - i)² + column(i)², the lowest at each x: parabola apex[k] from start[k] on.</summary>
    private static void Envelope(ReadOnlySpan<int> columns, Span<long> lowest, int[] apex, int[] start)
    {
        int last = 0;
        (apex[0], start[0]) = (0, 0);
        for (int x = 1; x < columns.Length; x++)
        {
            while (last >= 0 && Height(columns, apex[last], start[last]) > Height(columns, x, start[last])) last--;
            if (last < 0)
            {
                (last, apex[0], start[0]) = (0, x, 0);
                continue;
            }
            int from = 1 + Crossing(columns, apex[last], x);
            if (from < columns.Length) (apex[++last], start[last]) = (x, from);
        }
        for (int x = columns.Length - 1; x >= 0; x--)
        {
            lowest[x] = Height(columns, apex[last], x);
            if (x == start[last]) last--;
        }
    }

    private static long Height(ReadOnlySpan<int> columns, int apex, int x) =>
        (long)(x - apex) * (x - apex) + (long)columns[apex] * columns[apex];

    /// <summary>The last x at which the parabola on the left is not above the one on the right.</summary>
    private static int Crossing(ReadOnlySpan<int> columns, int left, int right)
    {
        long difference = (long)right * right - (long)left * left + (long)columns[right] * columns[right]
            - (long)columns[left] * columns[left];
        return (int)Math.Min(difference / (2L * (right - left)), columns.Length);
    }
}
