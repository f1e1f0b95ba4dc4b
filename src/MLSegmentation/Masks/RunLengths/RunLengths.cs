namespace MLSegmentation;

/// <summary>
/// COCO's run lengths: how many pixels in turn are outside and inside, column by column from the upper left, beginning with those
/// outside. In a mask 3 by 2 of <c>[0, 1, 1]</c> over <c>[0, 0, 1]</c>, the columns are 00, 10 and 11: the counts are 2, 1, 1, 2.
/// </summary>
/// <remarks>Source: COCO API, <c>maskApi.h</c>. <see cref="RunLengthText"/> has their compressed form.</remarks>
internal static class RunLengths
{
    /// <summary>The run lengths of one key.</summary>
    /// <param name="mask">One key a pixel, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="key">The key of the pixels inside: <c>k + 1</c> for class <c>k</c>.</param>
    /// <returns>Counts of pixels that sum to width * height. The first may be 0, the others are not.</returns>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static int[] Encode(ReadOnlySpan<uint> mask, int width, int height, uint key)
    {
        MaskLength.Check(mask.Length, width, height);
        List<int> counts = [];
        int run = 0;
        bool isInside = false;
        for (int x = 0; x < width; x++)
        {
            for (int y = 0, i = x; y < height; y++, i += width)
            {
                if (mask[i] == key != isInside)
                {
                    counts.Add(run);
                    run = 0;
                    isInside = !isInside;
                }
                run++;
            }
        }
        counts.Add(run);
        return [.. counts];
    }

    /// <summary>
    /// The run lengths of every key but 0 in the mask, in one pass: as <see cref="Encode"/> gives them one by one.
    /// </summary>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static IReadOnlyDictionary<uint, IReadOnlyList<int>> EncodeAll(ReadOnlySpan<uint> mask, int width, int height)
    {
        MaskLength.Check(mask.Length, width, height);
        var runs = new SortedDictionary<uint, Runs>();
        uint last = 0;
        int start = 0, position = 0;
        for (int x = 0; x < width; x++)
        {
            for (int y = 0, i = x; y < height; y++, i += width, position++)
            {
                if (mask[i] == last) continue;
                AddRun(position);
                (last, start) = (mask[i], position);
            }
        }
        AddRun(position);
        return runs.ToDictionary(run => run.Key, run => run.Value.Complete(position));

        void AddRun(int end)
        {
            if (last == 0) return;
            if (!runs.TryGetValue(last, out Runs? own)) runs.Add(last, own = new Runs());
            own.Add(start, end);
        }
    }

    /// <summary>Gives the pixels inside a key; those outside stay as they were.</summary>
    /// <param name="counts">The run lengths.</param>
    /// <param name="mask">One key a pixel, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="key">The key to give.</param>
    /// <exception cref="ArgumentException">
    /// The mask does not have the length of the width and height, or the counts do not sum to it.
    /// </exception>
    public static void Decode(IReadOnlyList<int> counts, Span<uint> mask, int width, int height, uint key)
    {
        ArgumentNullException.ThrowIfNull(counts);
        MaskLength.Check(mask.Length, width, height);
        if (Fault(counts, width, height) is { } fault)
            throw new ArgumentException($"The {fault}: they are of another size or damaged.", nameof(counts));
        foreach (var (start, end) in Inside(counts))
        {
            for (int position = (int)start; position < end; position++)
                mask[position % height * width + position / height] = key;
        }
    }

    /// <summary>What is wrong with counts, such as <c>3 run lengths sum to 5, expected …</c>; null for nothing.</summary>
    /// <param name="counts">The run lengths, by columns or by rows.</param>
    /// <param name="width">The width that they are of.</param>
    /// <param name="height">The height that they are of.</param>
    /// <param name="mayEndEarly">Whether pixels behind the last run are outside.</param>
    public static string? Fault(IReadOnlyList<int> counts, int width, int height, bool mayEndEarly = false)
    {
        long sum = counts.Sum(count => (long)count), pixels = (long)width * height;
        return counts.All(count => count >= 0) && (sum == pixels || (mayEndEarly && sum < pixels))
            ? null
            : $"{counts.Count} run lengths sum to {sum}, expected {(mayEndEarly ? "at most " : "")}{width} * {height} = {pixels} "
                + "and none below 0";
    }

    /// <summary>Each run of pixels inside, from its first pixel to the one behind its last, counted as the lengths are.</summary>
    public static IEnumerable<(long Start, long End)> Inside(IReadOnlyList<int> counts)
    {
        long start = 0;
        for (int run = 0; run < counts.Count; run++)
        {
            long end = start + counts[run];
            if (run % 2 == 1) yield return (start, end);
            start = end;
        }
    }

    /// <summary>The run lengths of one key while its mask is walked.</summary>
    private sealed class Runs
    {
        private readonly List<int> _counts = [];
        private int _end;

        public void Add(int start, int end)
        {
            _counts.Add(start - _end);
            _counts.Add(end - start);
            _end = end;
        }

        public IReadOnlyList<int> Complete(int length)
        {
            if (_end < length) _counts.Add(length - _end);
            return _counts;
        }
    }
}
