namespace MLSegmentation;

/// <summary>Decompresses PackBits (TIFF 6.0, section 9): a count, then so many bytes or one to be repeated.</summary>
internal static class TiffPackBits
{
    /// <summary>Decompresses until there is no more room.</summary>
    /// <returns>The bytes written; fewer than there is room for where the data ends before.</returns>
    public static int Decode(ReadOnlySpan<byte> data, Span<byte> target)
    {
        int written = 0;
        for (int at = 0; at + 1 < data.Length && written < target.Length;)
        {
            int count = (sbyte)data[at++];
            if (count == sbyte.MinValue) continue;
            if (count < 0)
            {
                int repeated = Math.Min(1 - count, target.Length - written);
                target.Slice(written, repeated).Fill(data[at++]);
                written += repeated;
                continue;
            }
            int copied = Math.Min(Math.Min(count + 1, data.Length - at), target.Length - written);
            data.Slice(at, copied).CopyTo(target[written..]);
            (at, written) = (at + copied, written + copied);
        }
        return written;
    }
}
