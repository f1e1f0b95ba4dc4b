namespace MLSegmentation.Tests;

/// <summary>A mask with its size, written as rows of digits.</summary>
internal sealed record TestMask(uint[] Keys, int Width, int Height)
{
    public static TestMask Parse(params string[] rows) =>
        new([.. rows.SelectMany(row => row.Select(digit => (uint)(digit - '0')))], rows[0].Length, rows.Length);

    public override string ToString() => string.Join('\n', Keys.Chunk(Width).Select(row => string.Concat(row)));

    /// <summary>The pixels beside one: those that share an edge, and with eight also those that share a corner.</summary>
    public IEnumerable<int> Neighbours(int at, int connectivity)
    {
        (int y, int x) = Math.DivRem(at, Width);
        for (int down = -1; down <= 1; down++)
        {
            for (int right = -1; right <= 1; right++)
            {
                bool isOne = (down, right) != (0, 0) && (connectivity == 8 || down == 0 || right == 0);
                if (isOne && x + right >= 0 && x + right < Width && y + down >= 0 && y + down < Height)
                    yield return at + down * Width + right;
            }
        }
    }

    /// <summary>The pixels reached from one over those that belong, by flooding.</summary>
    public HashSet<int> Flood(int from, int connectivity, Func<int, bool> belongs)
    {
        HashSet<int> reached = [from];
        Stack<int> open = new([from]);
        while (open.TryPop(out int at))
        {
            foreach (int next in Neighbours(at, connectivity))
            {
                if (belongs(next) && reached.Add(next)) open.Push(next);
            }
        }
        return reached;
    }
}
