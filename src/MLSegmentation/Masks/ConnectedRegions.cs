namespace MLSegmentation;

/// <summary>
/// The connected regions of a mask: pixels of one key, each reached from the others over neighbours of that key.
/// </summary>
internal sealed class ConnectedRegions
{
    private ConnectedRegions(uint[] labels, List<int> areas) => (Labels, Areas) = (labels, areas);

    /// <summary>
    /// A number for each pixel: 0 for key 0, else the number of its region, from 1 in the order of their first pixels, row by
    /// row.
    /// </summary>
    public uint[] Labels { get; }

    /// <summary>The number of pixels of each region; region 1 is at place 1.</summary>
    public IReadOnlyList<int> Areas { get; }

    /// <summary>
    /// Finds the regions in two passes with a union-find of provisional numbers (Rosenfeld and Pfaltz 1966), which takes nearly
    /// linear time. The mask <c>[1, 2, 2, 1]</c>, 2 by 2, has four regions under <see cref="Connectivity.Four"/> and two under
    /// <see cref="Connectivity.Eight"/>.
    /// </summary>
    public static ConnectedRegions Find(ReadOnlySpan<uint> mask, int width, int height, Connectivity connectivity)
    {
        var labels = new uint[mask.Length];
        var sets = new DisjointSets();
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                uint key = mask[i];
                if (key == 0) continue;
                uint label = 0;
                if (x > 0 && mask[i - 1] == key) label = labels[i - 1];
                if (y > 0)
                {
                    int above = i - width;
                    if (mask[above] == key) label = sets.Join(label, labels[above]);
                    else if (connectivity == Connectivity.Eight)
                    {
                        // Under a pixel of the same key these two are joined to it already.
                        if (x > 0 && mask[above - 1] == key) label = sets.Join(label, labels[above - 1]);
                        if (x + 1 < width && mask[above + 1] == key) label = sets.Join(label, labels[above + 1]);
                    }
                }
                labels[i] = label == 0 ? sets.Add() : label;
            }
        }
        return Number(labels, sets);
    }

    private static ConnectedRegions Number(uint[] labels, DisjointSets sets)
    {
        var numbers = new uint[sets.Count + 1];
        List<int> areas = [0];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 0) continue;
            ref uint number = ref numbers[sets.Find(labels[i])];
            if (number == 0)
            {
                number = (uint)areas.Count;
                areas.Add(0);
            }
            labels[i] = number;
            areas[(int)number]++;
        }
        return new ConnectedRegions(labels, areas);
    }

    /// <summary>Sets of numbers from 1; 0 is none. Paths are halved as they are walked (Tarjan and van Leeuwen 1984).</summary>
    private sealed class DisjointSets
    {
        private readonly List<uint> _parents = [0];

        public int Count => _parents.Count - 1;

        public uint Add()
        {
            _parents.Add((uint)_parents.Count);
            return _parents[^1];
        }

        public uint Find(uint member)
        {
            while (_parents[(int)member] != member)
                member = _parents[(int)member] = _parents[(int)_parents[(int)member]];
            return member;
        }

        /// <summary>Makes one set of two; the first may be none.</summary>
        public uint Join(uint first, uint second)
        {
            if (first == 0) return second;
            (first, second) = (Find(first), Find(second));
            uint root = Math.Min(first, second);
            _parents[(int)Math.Max(first, second)] = root;
            return root;
        }
    }
}
