using System.Numerics;

namespace MLSegmentation;

/// <summary>The bits of a BMP pixel that hold one channel, at 8 bits.</summary>
internal readonly struct BmpChannel
{
    private const int TableBits = 8;

    private readonly uint _mask;
    private readonly int _shift;
    private readonly byte[] _values;

    /// <param name="mask">The channel's bits, side by side; of more than 8 the highest count.</param>
    /// <param name="missing">The value where there are none.</param>
    public BmpChannel(uint mask, byte missing)
    {
        int bits = BitOperations.PopCount(mask), used = Math.Min(bits, TableBits), largest = (1 << used) - 1;
        _shift = bits == 0 ? 0 : BitOperations.TrailingZeroCount(mask) + bits - used;
        _mask = (uint)largest;
        _values = bits == 0
            ? [missing]
            : [.. Enumerable.Range(0, largest + 1).Select(value => PackedSamples.ToByte(value, largest))];
    }

    public byte Of(uint pixel) => _values[(pixel >> _shift) & _mask];
}
