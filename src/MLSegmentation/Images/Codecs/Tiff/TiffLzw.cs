namespace MLSegmentation;

/// <summary>
/// Decompresses LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits from the highest bit on, which grow one code
/// early.
/// </summary>
internal static class TiffLzw
{
    private const int Clear = 256, End = 257, FirstFree = 258, MostCodes = 4096, LeastBits = 9, MostBits = 12;

    /// <summary>
    /// Whether the data is of libtiff's first version, whose codes begin with the lowest bit: its first code is Clear as well.
    /// </summary>
    public static bool IsOldStyle(ReadOnlySpan<byte> data) => data.Length >= 2 && data[0] == 0 && (data[1] & 1) == 1;

    /// <summary>Decompresses until there is no more room.</summary>
    /// <returns>The bytes written; fewer than there is room for where the data ends before or is damaged.</returns>
    public static int Decode(ReadOnlySpan<byte> data, Span<byte> target)
    {
        // Each entry is that of its prefix and one byte more: a run of the bytes that were written when it was made.
        Span<int> starts = stackalloc int[MostCodes], lengths = stackalloc int[MostCodes];
        int free = FirstFree, bits = LeastBits, written = 0, lastStart = 0, lastLength = 0;
        uint buffer = 0;
        for (int at = 0, held = 0; written < target.Length;)
        {
            for (; held < bits; held += 8)
            {
                if (at == data.Length) return written;
                buffer = (buffer << 8) | data[at++];
            }
            held -= bits;
            int code = (int)(buffer >> held) & ((1 << bits) - 1);
            if (code == End) return written;
            if (code == Clear)
            {
                (free, bits, lastLength) = (FirstFree, LeastBits, 0);
                continue;
            }

            // What was written last and the byte after it, which the code itself may be about to write.
            if (lastLength > 0 && free < MostCodes) (starts[free], lengths[free++]) = (lastStart, lastLength + 1);
            if (free >= (1 << bits) - 1 && bits < MostBits) bits++;
            lastStart = written;
            if (code < Clear)
            {
                target[written++] = (byte)code;
                lastLength = 1;
                continue;
            }
            if (code >= free) return written;
            lastLength = Math.Min(lengths[code], target.Length - written);
            for (int from = starts[code], end = written + lastLength; written < end;) target[written++] = target[from++];
        }
        return written;
    }
}
