namespace MLSegmentation;

/// <summary>
/// Label Studio's run lengths of a brush: bits, the highest of a byte first. 32 bits are how many values follow, 5 the bits of a
/// value less one, and four times 4 the bits of a length less one. Then come runs: a bit whether all its values are one, 2 bits
/// which of the four lengths is used, the length less one, and the value or values. Values are the red, green, blue and alpha of
/// each pixel, row by row; a pixel is inside where its alpha is above 0.
/// </summary>
/// <remarks>Source: <c>decode_rle</c> in <c>label_studio_sdk.converter.brush</c>.</remarks>
internal static class BrushRunLengths
{
    private const int Channels = 4, CountBits = 32, WordBits = 5, SizeBits = 4, Sizes = 4;

    /// <summary>1 for the pixels inside, else 0; null where the bits end too early or are of another size.</summary>
    public static LabelImage? Decode(ReadOnlySpan<byte> data, int width, int height)
    {
        var bits = new Bits(data);
        long count = bits.Read(CountBits);
        if (count != (long)width * height * Channels) return null;
        int word = (int)bits.Read(WordBits) + 1;
        Span<int> sizes = stackalloc int[Sizes];
        foreach (ref int size in sizes) size = (int)bits.Read(SizeBits) + 1;
        var inside = new ushort[width * height];
        for (long place = 0; place < count;)
        {
            bool isOne = bits.Read(1) == 1;
            long end = place + 1 + bits.Read(sizes[(int)bits.Read(2)]);
            if (end > count || bits.IsBeyond) return null;
            if (isOne)
            {
                // The alpha of a pixel is the last of its channels: of these pixels it is in the run.
                int first = (int)(place / Channels), behind = (int)(end / Channels);
                if (bits.Read(word) > 0) inside.AsSpan(first, behind - first).Fill(1);
                place = end;
            }
            for (; place < end; place++)
            {
                if (bits.Read(word) > 0 && place % Channels == Channels - 1) inside[place / Channels] = 1;
            }
            if (bits.IsBeyond) return null;
        }
        return new LabelImage(width, height, inside);
    }

    /// <summary>Bits of bytes; beyond their end they are 0.</summary>
    private ref struct Bits(ReadOnlySpan<byte> data)
    {
        private const int Byte = 8;
        private readonly ReadOnlySpan<byte> _data = data;
        private long _place;

        public readonly bool IsBeyond => _place > (long)Byte * _data.Length;

        public long Read(int count)
        {
            long value = 0;
            for (int rest = count; rest > 0;)
            {
                int index = (int)Math.Min(_place / Byte, int.MaxValue), bit = (int)(_place % Byte);
                int taken = Math.Min(Byte - bit, rest);
                int part = index < _data.Length ? _data[index] >> (Byte - bit - taken) : 0;
                value = (value << taken) | (uint)(part & ((1 << taken) - 1));
                _place += taken;
                rest -= taken;
            }
            return value;
        }
    }
}
