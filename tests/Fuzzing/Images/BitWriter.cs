namespace Fuzzing.Images;

/// <summary>Bits of a stream, the first one highest (JPEG, TIFF) or lowest (GIF) in its byte.</summary>
internal sealed class BitWriter(bool isHighestFirst)
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _count;

    public void Write(int value, int bits)
    {
        for (int i = 0; i < bits; i++)
        {
            int bit = isHighestFirst ? (value >> (bits - 1 - i)) & 1 : (value >> i) & 1;
            _current |= isHighestFirst ? bit << (7 - _count) : bit << _count;
            if (++_count == 8) Flush(0);
        }
    }

    /// <summary>Ends the byte that is begun, with ones or zeros.</summary>
    public void Flush(int fill)
    {
        if (_count == 0) return;
        if (fill == 1) _current |= isHighestFirst ? (1 << (8 - _count)) - 1 : 0xFF << _count;
        _bytes.Add((byte)_current);
        (_current, _count) = (0, 0);
    }

    public byte[] ToArray() => [.. _bytes];
}
