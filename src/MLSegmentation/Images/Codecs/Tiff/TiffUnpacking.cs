namespace MLSegmentation;

/// <summary>Takes samples out of the rows of blocks.</summary>
internal static class TiffUnpacking
{
    /// <summary>The samples of a row that make its colours, each in 1, 2, 4 or 8 bytes.</summary>
    /// <param name="row">The row of a block, in the machine's byte order.</param>
    /// <param name="samples">What it holds.</param>
    /// <param name="plane">Which of a pixel's samples it holds, where each is in a block of its own.</param>
    /// <param name="width">How many pixels.</param>
    /// <param name="target">Receives <see cref="TiffSamples.Colours"/> samples a pixel, or one of them.</param>
    public static void Row(ReadOnlySpan<byte> row, TiffSamples samples, int plane, int width, Span<byte> target)
    {
        int stored = samples.PerBlock, colours = samples.Colours, size = samples.Bytes, wanted = samples.IsSeparate ? 1 : colours;
        if (samples.Depth == 8 * size && stored == colours)
        {
            row[..(width * colours * size)].CopyTo(target);
            return;
        }
        for (int x = 0; x < width; x++)
        {
            for (int i = 0; i < wanted; i++)
                Copy(row, (x * stored) + i, samples.Depth, target.Slice(((x * colours) + plane + i) * size, size));
        }
    }

    /// <summary>
    /// Y, Cb and Cr of a row where several pixels share Cb and Cr: these come after the Y of all that do (TIFF 6.0, section 21).
    /// </summary>
    /// <param name="block">The block's units, from left to right and from top to bottom.</param>
    /// <param name="shared">The pixels of a unit, across and down.</param>
    /// <param name="blockWidth">The block's pixels across.</param>
    /// <param name="row">The row of the block.</param>
    /// <param name="width">How many pixels.</param>
    /// <param name="target">Receives three bytes a pixel.</param>
    public static void Subsampled(
        ReadOnlySpan<byte> block, (int Across, int Down) shared, int blockWidth, int row, int width, Span<byte> target)
    {
        int pixels = shared.Across * shared.Down, unitBytes = pixels + 2, units = ((blockWidth - 1) / shared.Across) + 1;
        ReadOnlySpan<byte> line = block.Slice(row / shared.Down * units * unitBytes, units * unitBytes);
        for (int x = 0; x < width; x++)
        {
            ReadOnlySpan<byte> unit = line.Slice(x / shared.Across * unitBytes, unitBytes);
            target[3 * x] = unit[(row % shared.Down * shared.Across) + (x % shared.Across)];
            unit[pixels..].CopyTo(target.Slice((3 * x) + 1, 2));
        }
    }

    private static void Copy(ReadOnlySpan<byte> row, int index, int depth, Span<byte> target)
    {
        if (depth % 8 == 0)
        {
            int bytes = depth / 8;
            target.Clear();
            row.Slice(index * bytes, bytes).CopyTo(BitConverter.IsLittleEndian ? target : target[^bytes..]);
            return;
        }

        // From the highest bit of each byte on, whatever the byte order.
        int value = 0;
        for (int bit = index * depth, end = bit + depth; bit < end; bit++)
            value = (value << 1) | ((row[bit >> 3] >> (7 - (bit & 7))) & 1);
        if (target.Length == 1) target[0] = (byte)value;
        else BitConverter.TryWriteBytes(target, (ushort)value);
    }
}
