namespace MLSegmentation;

/// <summary>Fills holes: regions of background within one class.</summary>
internal static class Holes
{
    private const uint Unknown = 0, NoHole = uint.MaxValue;

    /// <summary>
    /// Gives holes of at most <paramref name="maxPixels"/> pixels the key around them, in place. A hole is a region of background
    /// (key 0 or <paramref name="background"/>) that does not touch the image's edge and whose neighbours are all of one class.
    /// </summary>
    /// <param name="mask">One key a pixel, row by row.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="maxPixels">The pixels of the largest hole to fill.</param>
    /// <param name="connectivity">Which pixels make up a hole, and which are its neighbours.</param>
    /// <param name="background">The key of the background's class, 0 for none.</param>
    public static void Fill(Span<uint> mask, int width, int height, int maxPixels, Connectivity connectivity, uint background)
    {
        var gaps = new uint[mask.Length];
        for (int i = 0; i < mask.Length; i++) gaps[i] = mask[i] == 0 || mask[i] == background ? 1u : 0u;
        ConnectedRegions regions = ConnectedRegions.Find(gaps, width, height, connectivity);
        uint[] classes = ClassesAround(mask, width, height, regions, connectivity);
        for (int i = 0; i < mask.Length; i++)
        {
            int region = (int)regions.Labels[i];
            if (region > 0 && regions.Areas[region] <= maxPixels && classes[region] is not (Unknown or NoHole))
                mask[i] = classes[region];
        }
    }

    /// <summary>
    /// The key around each region of background, <see cref="NoHole"/> where there are several or the region touches the edge.
    /// </summary>
    private static uint[] ClassesAround(
        ReadOnlySpan<uint> mask, int width, int height, ConnectedRegions regions, Connectivity connectivity)
    {
        var around = new uint[regions.Areas.Count];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                uint region = regions.Labels[i];
                if (region == 0) continue;
                if (x == 0 || y == 0 || x == width - 1 || y == height - 1)
                {
                    around[region] = NoHole;
                    continue;
                }
                for (int down = -1; down <= 1; down++)
                {
                    for (int right = -1; right <= 1; right++)
                    {
                        int neighbour = i + down * width + right;
                        bool isDiagonal = down != 0 && right != 0;
                        if (regions.Labels[neighbour] != 0 || (isDiagonal && connectivity == Connectivity.Four)) continue;
                        uint key = mask[neighbour];
                        if (around[region] == Unknown) around[region] = key;
                        else if (around[region] != key) around[region] = NoHole;
                    }
                }
            }
        }
        return around;
    }
}
