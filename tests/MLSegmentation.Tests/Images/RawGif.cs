namespace MLSegmentation.Tests;

/// <summary>
/// A GIF file whose kind a seed tells: version, palettes, transparency, interlace, a picture smaller or larger than its screen.
/// </summary>
internal sealed class RawGif(int bits, int seed)
{
    public byte[] ToBytes()
    {
        var random = new Random(seed);
        bool Chance(int one) => random.Next(one) == 0;
        int width = random.Next(1, 40), height = random.Next(1, 30);
        int pictureWidth = Chance(2) ? width : random.Next(1, width + 3),
            pictureHeight = Chance(2) ? height : random.Next(1, height + 3);
        int left = random.Next(Math.Max(1, width - pictureWidth + 1)), top = random.Next(Math.Max(1, height - pictureHeight + 1));
        int globalBits = random.Next(1, 9);
        bool hasGlobal = !Chance(4), hasLocal = !hasGlobal || Chance(3);
        List<byte> file = [.. Chance(4) ? "GIF87a"u8 : "GIF89a"u8, (byte)width, 0, (byte)height, 0,
            (byte)((hasGlobal ? 0x80 : 0) | (globalBits - 1)), 0, 0];
        if (hasGlobal) file.AddRange(ImageCorpus.Bytes(3 << globalBits));
        if (Chance(3)) file.AddRange([0x21, 0xFE, 2, 65, 66, 0]);
        if (Chance(2))
            file.AddRange([0x21, 0xF9, 4, (byte)(random.Next(2) | (random.Next(4) << 2)), 0, 0, (byte)random.Next(1 << bits), 0]);
        byte flags = (byte)((hasLocal ? 0x80 : 0) | (Chance(3) ? 0x40 : 0) | (bits - 1));
        file.AddRange([0x2C, (byte)left, 0, (byte)top, 0, (byte)pictureWidth, 0, (byte)pictureHeight, 0, flags]);
        if (hasLocal) file.AddRange(ImageCorpus.Bytes(3 << bits));
        int colours = Chance(2) ? Math.Min(3, 1 << bits) : 1 << bits;
        byte[] indices = [.. Enumerable.Range(0, pictureWidth * pictureHeight).Select(_ => (byte)random.Next(colours))];
        return [.. file, .. Blocks(Math.Max(2, bits), Compress(indices, Math.Max(2, bits), Chance(2))), 0x3B];
    }

    /// <summary>A file of one picture with a palette of all indices.</summary>
    public static byte[] Build(int width, int height, int bits, byte[] codes) =>
    [
        .. "GIF89a"u8, .. UInt16(width), .. UInt16(height), (byte)(0xF0 | (bits - 1)), 0, 0, .. ImageCorpus.Bytes(3 << bits),
        0x2C, 0, 0, 0, 0, .. UInt16(width), .. UInt16(height), 0, .. Blocks(bits, codes), 0x3B,
    ];

    /// <summary>The codes of indices (GIF89a, appendix F).</summary>
    /// <param name="indices">The indices.</param>
    /// <param name="bits">Bits of an index, at least 2.</param>
    /// <param name="clears">Whether the strings start anew once there are all of them.</param>
    public static byte[] Compress(byte[] indices, int bits, bool clears)
    {
        List<byte> codes = [];
        var strings = new Dictionary<(int String, byte Index), int>();
        int clear = 1 << bits, next = clear + 2, codeBits = bits + 1, rest = 0, restBits = 0, current = -1;
        Put(clear);
        foreach (byte index in indices)
        {
            if (current < 0)
            {
                current = index;
                continue;
            }
            if (strings.TryGetValue((current, index), out int longer))
            {
                current = longer;
                continue;
            }
            Put(current);
            if (next < 4096)
            {
                strings[(current, index)] = next;
                Grow();
            }
            else if (clears)
            {
                Put(clear);
                strings.Clear();
                (next, codeBits) = (clear + 2, bits + 1);
            }
            current = index;
        }
        Put(current);
        if (next < 4096) Grow();
        Put(clear + 1);
        if (restBits > 0) codes.Add((byte)rest);
        return [.. codes];

        void Grow()
        {
            if (next++ == 1 << codeBits && codeBits < 12) codeBits++;
        }

        void Put(int code)
        {
            rest |= code << restBits;
            for (restBits += codeBits; restBits >= 8; restBits -= 8, rest >>= 8) codes.Add((byte)rest);
        }
    }

    private static byte[] Blocks(int bits, byte[] codes) =>
        [(byte)bits, .. codes.Chunk(200).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0];

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];
}
