namespace MLSegmentation;

/// <summary>
/// The regions of an image's mask, by their first pixels, row by row: one that lies in a hole of another comes after it. The
/// background is in none.
/// </summary>
internal sealed class MaskRegions
{
    private const int Digits = 4;
    private readonly int _width;

    private MaskRegions(int width, uint[] numbers, IReadOnlyList<MaskRegion> all) =>
        (_width, Numbers, All) = (width, numbers, all);

    /// <summary>The number of each pixel's region, from 1; 0 for none.</summary>
    public uint[] Numbers { get; }

    /// <summary>The regions.</summary>
    public IReadOnlyList<MaskRegion> All { get; }

    /// <summary>Finds the regions of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="withIgnored">Whether pixels to ignore are regions too, of the key 0.</param>
    public static MaskRegions Find(LabelledImage image, WrittenClasses classes, bool withIgnored = false)
    {
        // The key 0 is in no region, so that what is ignored goes by another.
        uint ignored = (uint)classes.Names.Count + 1;
        uint[] keys = KeysOf(image, classes, withIgnored ? ignored : 0);
        ConnectedRegions connected = ConnectedRegions.Find(keys, image.Width, image.Height, Connectivity.Four);
        double[]? confidences = image.Confidence is null ? null : Means(connected, image.Confidence);
        MaskRegion[] regions =
        [
            .. MaskPolygons.Trace(keys, image.Width, image.Height).Select((outline, index) =>
            {
                // Outlines come in the order of the numbers.
                int number = index + 1;
                return new MaskRegion(
                    outline.Key == ignored ? 0 : outline.Key, (uint)number, outline, connected.Areas[number],
                    confidences?[number]);
            }),
        ];
        return new MaskRegions(image.Width, connected.Labels, regions);
    }

    /// <summary>The number of regions of an image, for formats that write whole masks.</summary>
    public static int Count(LabelledImage image, WrittenClasses classes) => ConnectedRegions.Find(
        KeysOf(image, classes, ignored: 0), image.Width, image.Height, Connectivity.Four).Areas.Count - 1;

    /// <summary>The pixels of a region, row by row.</summary>
    public IEnumerable<PixelRun> RunsOf(MaskRegion region)
    {
        PixelBox box = region.Box;
        for (int y = box.Top; y < box.Top + box.Height; y++)
        {
            int row = y * _width, end = box.Left + box.Width;
            for (int x = box.Left; x < end; x++)
            {
                if (Numbers[row + x] != region.Number) continue;
                int left = x;
                while (x < end && Numbers[row + x] == region.Number) x++;
                yield return new PixelRun(y, left, x);
            }
        }
    }

    /// <summary>The keys of what is in a region, 0 for what is in none.</summary>
    private static uint[] KeysOf(LabelledImage image, WrittenClasses classes, uint ignored) =>
        [.. image.Keys.Select(key => key == 0 ? ignored : key < classes.FirstKey ? 0 : key)];

    private static double[] Means(ConnectedRegions regions, float[] confidence)
    {
        var sums = new double[regions.Areas.Count];
        for (int i = 0; i < confidence.Length; i++) sums[regions.Labels[i]] += confidence[i];
        return [.. sums.Zip(regions.Areas, (sum, area) => Math.Round(sum / area, Digits))];
    }
}
