namespace MLSegmentation;

/// <summary>
/// Opening and closing of each class of a mask with a square. Pixels beyond the image's edge count neither as the class nor as
/// others, as in OpenCV's <c>morphologyEx</c>, so that an opening only removes, a closing only adds, and doing either twice is
/// doing it once.
/// </summary>
internal static class Morphology
{
    /// <summary>Gives what the opening takes from a class the background's key, in place.</summary>
    public static void Open(Span<uint> mask, int width, int height, int radius, uint background)
    {
        var plane = new bool[mask.Length];
        foreach (uint key in Classes(mask, background))
        {
            for (int i = 0; i < mask.Length; i++) plane[i] = mask[i] != key;
            Dilate(plane, width, height, radius);
            Invert(plane);
            Dilate(plane, width, height, radius);
            for (int i = 0; i < mask.Length; i++)
            {
                if (mask[i] == key && !plane[i]) mask[i] = background;
            }
        }
    }

    /// <summary>Gives background that the closing of one class alone reaches its key, in place.</summary>
    public static void Close(Span<uint> mask, int width, int height, int radius, uint background)
    {
        const uint Contested = uint.MaxValue;
        var plane = new bool[mask.Length];
        var reached = new uint[mask.Length];
        foreach (uint key in Classes(mask, background))
        {
            for (int i = 0; i < mask.Length; i++) plane[i] = mask[i] == key;
            Dilate(plane, width, height, radius);
            Invert(plane);
            Dilate(plane, width, height, radius);
            for (int i = 0; i < mask.Length; i++)
            {
                if (!plane[i]) reached[i] = reached[i] == 0 ? key : Contested;
            }
        }
        for (int i = 0; i < mask.Length; i++)
        {
            if ((mask[i] == 0 || mask[i] == background) && reached[i] is not (0 or Contested)) mask[i] = reached[i];
        }
    }

    /// <summary>
    /// Sets every pixel that has one set within the radius, along rows and along columns: in linear time, whatever the radius.
    /// </summary>
    private static void Dilate(Span<bool> plane, int width, int height, int radius)
    {
        for (int y = 0; y < height; y++) DilateLine(plane.Slice(y * width, width), 1, width, radius);
        for (int x = 0; x < width; x++) DilateLine(plane[x..], width, height, radius);
    }

    /// <summary>Sets the pixels of a line, <paramref name="step"/> apart, that have one set within the radius.</summary>
    private static void DilateLine(Span<bool> line, int step, int count, int radius)
    {
        // Places before i may be set by this pass, those from i on are as they were: "last" and "next" are of the latter kind.
        long last = long.MinValue / 2;
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            long end = Math.Min(count, (long)i + radius + 1);
            next = Math.Max(next, i);
            while (next < end && !line[next * step]) next++;
            if (line[i * step]) last = i;
            else if (i - last <= radius || next < end) line[i * step] = true;
        }
    }

    private static void Invert(Span<bool> plane)
    {
        for (int i = 0; i < plane.Length; i++) plane[i] = !plane[i];
    }

    /// <summary>The keys in the mask but those of background, in ascending order.</summary>
    private static List<uint> Classes(ReadOnlySpan<uint> mask, uint background)
    {
        var keys = new SortedSet<uint>();
        uint last = 0;
        foreach (uint key in mask)
        {
            if (key == last) continue;
            last = key;
            if (key != 0 && key != background) keys.Add(key);
        }
        return [.. keys];
    }
}
