namespace MLSegmentation.LabelReviewBench;

/// <summary>Makes labels wrong: swaps the class of a region, erases one, or moves its border.</summary>
/// <param name="ignore">The value of pixels without a class.</param>
/// <param name="least">The least pixels of a region that counts.</param>
internal sealed class LabelDamage(int ignore, int least)
{
    private const int Move = 8;
    private static readonly string[] _kinds = ["swapped", "erased", "moved"];

    /// <summary>Copies the masks of a folder, with so many of their regions damaged.</summary>
    public void Run(string masks, string target, double share, int seed)
    {
        Directory.CreateDirectory(target);
        string[] files = [.. Directory.GetFiles(masks, "*.png").Order(StringComparer.Ordinal)];
        var regions = new List<(int File, uint Region)>();
        var classes = new HashSet<ushort>();
        foreach (var (index, file) in files.Index())
        {
            LabelImage mask = LabelImageReader.Read(file);
            classes.UnionWith(mask.Values.Where(value => value != ignore));
            ConnectedRegions found = Regions(mask);
            for (int region = 1; region < found.Areas.Count; region++)
                if (found.Areas[region] >= least) regions.Add((index, (uint)region));
        }
        var random = new Random(seed);
        (int File, uint Region)[] shuffled = [.. regions];
        random.Shuffle(shuffled);
        ILookup<int, (uint Region, int Kind)> chosen = shuffled.Take((int)Math.Round(share * shuffled.Length)).Index()
            .ToLookup(one => one.Item.File, one => (one.Item.Region, one.Index % _kinds.Length));
        ushort[] known = [.. classes.Order()];
        foreach (var (index, file) in files.Index())
        {
            LabelImage mask = LabelImageReader.Read(file);
            ConnectedRegions found = Regions(mask);
            ushort[] values = [.. mask.Values];
            foreach (var (region, kind) in chosen[index]) Damage(values, mask.Width, found.Labels, region, kind, known, random);
            PngWriter.WriteGray(
                Path.Combine(target, Path.GetFileName(file)), Array.ConvertAll(values, value => (byte)value), mask.Width,
                mask.Height);
        }
        Console.WriteLine(
            $"{chosen.Sum(file => file.Count())} of {regions.Count} regions of at least {least} pixels in {files.Length} images "
            + $"are damaged: {string.Join(", ", _kinds)} in turn.");
    }

    private ConnectedRegions Regions(LabelImage mask) => ConnectedRegions.Find(
        [.. mask.Values.Select(value => value == ignore ? 0u : value + 1u)], mask.Width, mask.Height, Connectivity.Eight);

    private void Damage(
        ushort[] values, int width, uint[] labels, uint region, int kind, ushort[] classes, Random random)
    {
        bool IsInside(int i) => labels[i] == region;
        int first = Array.IndexOf(labels, region);
        ushort own = values[first];
        if (kind == 0)
        {
            ushort[] others = [.. classes.Where(value => value != own)];
            ushort other = others[random.Next(others.Length)];
            for (int i = 0; i < values.Length; i++) if (IsInside(i)) values[i] = other;
        }
        else if (kind == 1) Fill(values, width, [.. Enumerable.Range(0, values.Length).Where(IsInside)]);
        else
        {
            uint[] shape = [.. labels.Select(label => label == region ? 1u : 0u)];
            byte[] depths = BorderDepth.Of(shape, width, values.Length / width, Move + 1);
            int[] inner = [.. Enumerable.Range(0, values.Length).Where(i => shape[i] == 1 && depths[i] <= Move)];
            bool isSmall = Array.TrueForAll(shape.Zip(depths).ToArray(), one => one.First == 0 || one.Second <= Move);
            if (isSmall || random.Next(2) == 0)
            {
                for (int i = 0; i < values.Length; i++)
                    if (shape[i] == 0 && depths[i] <= Move && values[i] != ignore) values[i] = own;
            }
            else Fill(values, width, inner);
        }
    }

    /// <summary>Gives pixels the value of the nearest one around them.</summary>
    private void Fill(ushort[] values, int width, int[] pixels)
    {
        var open = new HashSet<int>(pixels);
        while (open.Count > 0)
        {
            List<(int Pixel, ushort Value)> next = [];
            foreach (int i in open)
            {
                foreach (int other in Neighbours(i, width, values.Length))
                {
                    if (open.Contains(other) || values[other] == ignore) continue;
                    next.Add((i, values[other]));
                    break;
                }
            }
            if (next.Count == 0) return;
            foreach (var (pixel, value) in next)
            {
                values[pixel] = value;
                open.Remove(pixel);
            }
        }
    }

    private static IEnumerable<int> Neighbours(int i, int width, int length)
    {
        if (i % width > 0) yield return i - 1;
        if (i % width < width - 1) yield return i + 1;
        if (i >= width) yield return i - width;
        if (i + width < length) yield return i + width;
    }
}
