namespace Fuzzing;

/// <summary>
/// Numbers that a seed and a position decide, the same with every version of .NET (SplitMix64, Steele et al. 2014). The first of
/// them may be a fuzzer's choices instead, so that it leads the making of a file.
/// </summary>
internal sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;
    private byte[] _choices = [];
    private int _chosen;

    /// <summary>The numbers of one case of a target.</summary>
    public static FuzzRandom Of(string target, ulong seed, long index)
    {
        ulong mixed = seed;
        foreach (char letter in target) mixed = new FuzzRandom(mixed ^ letter).Next();
        return new FuzzRandom(mixed ^ new FuzzRandom((ulong)index).Next());
    }

    /// <summary>Numbers of which each two bytes decide one, as far as they go.</summary>
    public static FuzzRandom OfChoices(byte[] choices) => new((ulong)choices.Length) { _choices = choices };

    public ulong Next()
    {
        if (_choices.Length - _chosen >= sizeof(ushort))
        {
            _state = BitConverter.ToUInt16(_choices, _chosen);
            _chosen += sizeof(ushort);
        }
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below <paramref name="end"/>; 0 where that is below 1.</summary>
    public int Below(int end) => (int)(Next() % (uint)Math.Max(end, 1));

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    public bool Percent(int chance) => Below(100) < chance;

    public T Pick<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];

    public byte Byte() => (byte)Next();

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Noise, one value, or noise of few values: compressors and decoders treat these differently.</summary>
    public void Fill(Span<byte> bytes)
    {
        var noise = new FuzzRandom(Next());
        int kind = noise.Below(4);
        byte mask = noise.Pick<byte>(0xFF, 0x0F, 0x03, 0x01), one = noise.Byte();
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = kind == 0 ? one : kind == 1 ? (byte)(noise.Byte() & mask) : noise.Byte();
    }

    /// <summary>A length that most files have, or one at the border of what a field or a program holds.</summary>
    public uint Extreme() => Pick<uint>(
        0u, 1u, 2u, 3u, 4u, 7u, 8u, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000,
        0x3FFFFFFF, 0x40000000, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, (uint)Next());

    /// <summary>A side of an image: mostly small, so that many cases run in a second.</summary>
    public int Side() => Below(40) switch
    {
        0 => Between(100, 700),
        < 6 => Between(33, 130),
        < 10 => Between(1, 2),
        _ => Between(1, 34),
    };

    public void Shuffle<T>(IList<T> values)
    {
        for (int i = values.Count - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
