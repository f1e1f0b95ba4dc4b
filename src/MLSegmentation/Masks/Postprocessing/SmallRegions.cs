namespace MLSegmentation;

/// <summary>Removes regions of few pixels.</summary>
internal static class SmallRegions
{
    /// <summary>
    /// Gives the pixels of regions with fewer than <paramref name="minPixels"/> pixels the background's key, in place.
    /// </summary>
    public static void Remove(Span<uint> mask, int width, int height, int minPixels, Connectivity connectivity, uint background)
    {
        ConnectedRegions regions = ConnectedRegions.Find(mask, width, height, connectivity);
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] != 0 && regions.Areas[(int)regions.Labels[i]] < minPixels) mask[i] = background;
        }
    }
}
