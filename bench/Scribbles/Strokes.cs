namespace MLSegmentation.ScribblesBench;

/// <summary>
/// Strokes of a mask: one down the middle of each object, and over the background two from side to side and two beside each
/// object.
/// </summary>
internal static class Strokes
{
    // In pixels: how thick strokes are, how far those of the background stay from objects, and how far beside one they are drawn.
    private const int Thickness = 2, Margin = 4, Beside = 12;

    /// <summary>The pixels of the background's strokes, and of the objects'.</summary>
    public static bool[][] Of(LabelImage mask)
    {
        uint[] keys = [.. mask.Values.Select(value => value > 0 ? 2u : 1u)];
        byte[] depths = BorderDepth.Of(keys, mask.Width, mask.Height, Margin);
        bool[] background = new bool[keys.Length], objects = new bool[keys.Length];
        var regions = ConnectedRegions.Find([.. keys.Select(key => key - 1)], mask.Width, mask.Height, Connectivity.Eight);
        foreach (int y in new[] { mask.Height / 6, mask.Height * 5 / 6 })
            for (int x = 0; x < mask.Width; x++) Dot(x, y, background, 1);
        for (uint region = 1; region < regions.Areas.Count; region++)
        {
            int left = mask.Width, right = 0, top = mask.Height, bottom = 0;
            for (int y = 0; y < mask.Height; y++)
            {
                var (start, length) = LongestRun(regions.Labels.AsSpan(y * mask.Width, mask.Width), region);
                if (length == 0) continue;
                (left, right, top, bottom) =
                    (Math.Min(left, start), Math.Max(right, start + length), Math.Min(top, y), Math.Max(bottom, y));
                if (length > 2 * Thickness) Dot(start + (length / 2), y, objects, 2);
            }
            for (int y = top; y <= bottom; y++)
            {
                Dot(left - Beside, y, background, 1);
                Dot(right + Beside, y, background, 1);
            }
        }
        return [background, objects];

        void Dot(int x, int y, bool[] stroke, uint key)
        {
            for (int dy = 0; dy < Thickness; dy++)
            {
                for (int dx = 0; dx < Thickness; dx++)
                {
                    int column = x + dx, row = y + dy;
                    if (column < 0 || column >= mask.Width || row >= mask.Height) continue;
                    int i = (row * mask.Width) + column;
                    if (keys[i] == key && (key == 2 || depths[i] >= Margin)) stroke[i] = true;
                }
            }
        }
    }

    private static (int Start, int Length) LongestRun(ReadOnlySpan<uint> row, uint region)
    {
        (int Start, int Length) longest = (0, 0);
        for (int x = 0; x < row.Length;)
        {
            int end = x;
            while (end < row.Length && row[end] == region) end++;
            if (end - x > longest.Length) longest = (x, end - x);
            x = end + 1;
        }
        return longest;
    }
}
