namespace MLSegmentation;

/// <summary>How far the pixels of a mask are from its borders.</summary>
internal static class BorderDepth
{
    /// <summary>
    /// The number of steps, also diagonal ones, from each pixel to the nearest of another key: 1 beside a border. The image's own
    /// edge is none.
    /// </summary>
    /// <param name="mask">The mask, row by row.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="most">What more is counted as, at most 255.</param>
    public static byte[] Of(ReadOnlySpan<uint> mask, int width, int height, int most)
    {
        var depth = new byte[mask.Length];
        depth.AsSpan().Fill((byte)most);
        for (int i = 0; i < mask.Length; i++)
        {
            // To the right and the three below: the others are seen from there.
            int x = i % width;
            if (x + 1 < width) Compare(mask, depth, i, i + 1);
            if (i + width >= mask.Length) continue;
            if (x > 0) Compare(mask, depth, i, i + width - 1);
            Compare(mask, depth, i, i + width);
            if (x + 1 < width) Compare(mask, depth, i, i + width + 1);
        }
        for (int i = 0; i < depth.Length; i++) Approach(depth, i, width, -1);
        for (int i = depth.Length - 1; i >= 0; i--) Approach(depth, i, width, 1);
        return depth;
    }

    private static void Compare(ReadOnlySpan<uint> mask, byte[] depth, int one, int other)
    {
        if (mask[one] != mask[other]) depth[one] = depth[other] = 1;
    }

    /// <summary>One step more than the least of the four neighbours that were seen before.</summary>
    private static void Approach(byte[] depth, int i, int width, int direction)
    {
        int x = i % width;
        bool hasSide = direction < 0 ? x > 0 : x + 1 < width, hasOther = direction < 0 ? x + 1 < width : x > 0;
        int row = i + (direction * width);
        bool hasRow = row >= 0 && row < depth.Length;
        int least = depth[i] - 1;
        if (hasSide) least = Math.Min(least, depth[i + direction]);
        if (hasRow) least = Math.Min(least, depth[row]);
        if (hasRow && hasSide) least = Math.Min(least, depth[row + direction]);
        if (hasRow && hasOther) least = Math.Min(least, depth[row - direction]);
        depth[i] = (byte)Math.Min(depth[i], least + 1);
    }
}
