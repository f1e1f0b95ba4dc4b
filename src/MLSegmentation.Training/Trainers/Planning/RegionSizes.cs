namespace MLSegmentation.Training;

/// <summary>How large the connected regions of each class are.</summary>
/// <param name="classes">The number of classes.</param>
internal sealed class RegionSizes(int classes)
{
    private readonly List<(float Across, int Area)>[] _regions =
        [.. Enumerable.Range(0, classes).Select(_ => new List<(float, int)>())];

    /// <summary>Adds the regions of a mask of keys, 0 where ignored, else 1 for the first class.</summary>
    public void Add(ReadOnlySpan<uint> mask, int width, int height)
    {
        ConnectedRegions regions = ConnectedRegions.Find(mask, width, height, Connectivity.Eight);
        var edges = new int[regions.Areas.Count];
        var keys = new uint[regions.Areas.Count];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                uint region = regions.Labels[i];
                keys[region] = mask[i];
                if (x == 0 || regions.Labels[i - 1] != region) edges[region]++;
                if (x == width - 1 || regions.Labels[i + 1] != region) edges[region]++;
                if (y == 0 || regions.Labels[i - width] != region) edges[region]++;
                if (y == height - 1 || regions.Labels[i + width] != region) edges[region]++;
            }
        }
        for (int region = 1; region < keys.Length; region++)
            _regions[keys[region] - 1].Add((DiameterOf(regions.Areas[region], edges[region]), regions.Areas[region]));
    }

    /// <summary>
    /// The size across, in pixels, below which the smaller regions of a class have a part of its pixels; null without regions.
    /// Counted by pixels, specks of a few of them weigh nothing.
    /// </summary>
    /// <param name="index">The class.</param>
    /// <param name="part">The part of the pixels, 0 to 1.</param>
    public double? Across(int index, double part)
    {
        double left = part * _regions[index].Sum(region => (long)region.Area);
        foreach (var (across, area) in _regions[index].OrderBy(region => region.Across))
        {
            left -= area;
            if (left <= 0) return across;
        }
        return null;
    }

    /// <summary>
    /// How many pixels a region is across: its hydraulic diameter, four times the area by the sides of pixels around it. A square
    /// of 8 has 8, and a line of 1 by 100 has 1.98.
    /// </summary>
    internal static float DiameterOf(int area, int edges) => 4f * area / edges;
}
