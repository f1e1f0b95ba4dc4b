namespace Fuzzing.Images;

/// <summary>A Huffman table: the number of codes of each length, and the symbols in their order.</summary>
internal sealed class JpegTable
{
    private readonly byte[] _counts;
    private readonly Dictionary<byte, (int Code, int Length)> _codes = [];

    private JpegTable(int kind, int id, byte[] counts, byte[] symbols)
    {
        (Kind, Id, _counts, Symbols) = (kind, id, counts, symbols);
        int code = 0, next = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
        {
            for (int i = 0; i < counts[length - 1] && next < symbols.Length; i++) _codes[symbols[next++]] = (code++, length);
        }
    }

    /// <summary>0 for the first coefficients, 1 for the others.</summary>
    public int Kind { get; }

    public int Id { get; }

    public byte[] Symbols { get; }

    public static JpegTable Random(FuzzRandom random, int kind, int id, JpegFrameShape frame)
    {
        // Codes of all lengths up to 8 bits, then 16: the code of ones stays free, as the standard asks.
        int most = kind == 0 ? (frame.IsLossless ? 17 : 12) : random.Pick(8, 40, 162);
        var symbols = new HashSet<byte>();
        if (kind == 1) symbols.UnionWith([0x00, 0x01]);
        while (symbols.Count < most)
        {
            symbols.Add(kind == 0
                ? (byte)random.Below(most)
                : random.Percent(95) ? (byte)((random.Below(16) << 4) | random.Between(0, 10)) : random.Byte());
        }
        byte[] list = [.. symbols];
        random.Shuffle(list);
        var counts = new byte[16];
        int left = list.Length, free = 1;
        for (int length = 1; length <= 16; length++)
        {
            free *= 2;
            int take = length == 16 ? left : Math.Min(left, random.Below(Math.Max(1, free / 2)));
            if (free - take - 1 < 1 && left > take) take = Math.Max(0, free - 2);
            counts[length - 1] = (byte)take;
            (left, free) = (left - take, free - take);
        }
        if (random.Percent(2)) counts = random.Bytes(16);
        return new JpegTable(kind, id, counts, list);
    }

    public byte[] Segment() => JpegGenerator.Segment(0xC4, [(byte)((Kind << 4) | Id), .. _counts, .. Symbols]);

    public void Write(BitWriter bits, byte symbol)
    {
        if (_codes.TryGetValue(symbol, out (int Code, int Length) code)) bits.Write(code.Code, code.Length);
    }
}
