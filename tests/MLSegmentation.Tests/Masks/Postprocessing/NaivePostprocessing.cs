namespace MLSegmentation.Tests;

/// <summary>The definitions of <see cref="PostprocessMaskOptions"/> word by word, pixel by pixel.</summary>
internal static class NaivePostprocessing
{
    public static uint[] Apply(TestMask mask, PostprocessMaskOptions options)
    {
        uint background = options.Background is { } given ? (uint)given + 1 : 0;
        int connectivity = (int)options.Connectivity;
        TestMask result = RemoveSmall(mask, options.MinRegionPixels, connectivity, background);
        result = FillHoles(result, options.MaxHolePixels, connectivity == 4 ? 8 : 4, background);
        result = Open(result, options.OpeningRadius, background);
        return Close(result, options.ClosingRadius, background).Keys;
    }

    private static TestMask RemoveSmall(TestMask mask, int least, int connectivity, uint background) => mask with
    {
        Keys = [.. mask.Keys.Select((key, i) =>
            key != 0 && mask.Flood(i, connectivity, at => mask.Keys[at] == key).Count < least ? background : key)],
    };

    private static TestMask FillHoles(TestMask mask, int most, int connectivity, uint background)
    {
        bool IsBackground(int at) => mask.Keys[at] == 0 || mask.Keys[at] == background;
        bool IsAtEdge(int at) =>
            at < mask.Width || at >= mask.Keys.Length - mask.Width || at % mask.Width == 0 || (at + 1) % mask.Width == 0;
        uint Filled(uint key, int at)
        {
            if (!IsBackground(at)) return key;
            HashSet<int> hole = mask.Flood(at, connectivity, IsBackground);
            uint[] around = [.. hole.SelectMany(one => mask.Neighbours(one, connectivity))
                .Where(one => !IsBackground(one)).Select(one => mask.Keys[one]).Distinct()];
            return hole.Count <= most && !hole.Any(IsAtEdge) && around.Length == 1 ? around[0] : key;
        }

        return mask with { Keys = [.. mask.Keys.Select(Filled)] };
    }

    private static TestMask Open(TestMask mask, int radius, uint background)
    {
        bool[] Opened(uint key) => Dilate(mask, Erode(mask, [.. mask.Keys.Select(one => one == key)], radius), radius);
        Dictionary<uint, bool[]> opened = mask.Keys.Distinct().ToDictionary(key => key, Opened);
        return mask with
        {
            Keys = [.. mask.Keys.Select((key, i) => key == 0 || key == background || opened[key][i] ? key : background)],
        };
    }

    private static TestMask Close(TestMask mask, int radius, uint background)
    {
        bool[] Closed(uint key) => Erode(mask, Dilate(mask, [.. mask.Keys.Select(one => one == key)], radius), radius);
        Dictionary<uint, bool[]> closed = mask.Keys.Distinct()
            .Where(key => key != 0 && key != background).ToDictionary(key => key, Closed);
        uint Taken(uint key, int at)
        {
            uint[] takers = [.. closed.Where(one => one.Value[at]).Select(one => one.Key)];
            return (key == 0 || key == background) && takers.Length == 1 ? takers[0] : key;
        }

        return mask with { Keys = [.. mask.Keys.Select(Taken)] };
    }

    private static bool[] Dilate(TestMask mask, bool[] plane, int radius) =>
        [.. plane.Select((_, at) => Window(mask, at, radius).Any(one => plane[one]))];

    private static bool[] Erode(TestMask mask, bool[] plane, int radius) =>
        [.. plane.Select((_, at) => Window(mask, at, radius).All(one => plane[one]))];

    private static IEnumerable<int> Window(TestMask mask, int at, int radius)
    {
        (int y, int x) = Math.DivRem(at, mask.Width);
        for (int row = Math.Max(0, y - radius); row <= Math.Min(mask.Height - 1, y + radius); row++)
        {
            for (int column = Math.Max(0, x - radius); column <= Math.Min(mask.Width - 1, x + radius); column++)
                yield return row * mask.Width + column;
        }
    }
}
