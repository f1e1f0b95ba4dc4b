using System.Buffers.Binary;

namespace MLSegmentation.Tests;

/// <summary>A BMP file of seeded pixels with a header of any length.</summary>
/// <param name="Header">The bytes of its header: 12 (OS/2), 40, 52, 56, 64 (OS/2), 108 or 124.</param>
/// <param name="Bits">Bits a pixel.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height; less than 0 for the top row first.</param>
internal sealed record RawBmp(int Header, int Bits, int Width, int Height)
{
    private const int FileHeader = 14;

    public int Compression { get; init; }

    /// <summary>The bits of red, green, blue and alpha; empty for none.</summary>
    public uint[] Masks { get; init; } = [];

    /// <summary>The colours of the palette; 0 for all.</summary>
    public int Colours { get; init; }

    /// <summary>The pixels' bytes; null for seeded ones.</summary>
    public byte[]? Pixels { get; init; }

    public byte[] ToBytes()
    {
        var header = new byte[Header];
        BinaryPrimitives.WriteInt32LittleEndian(header, Header);
        int[] shorts = Header == 12 ? [Width, Height, 1, Bits] : [Width, Width >> 16, Height, Height >> 16, 1, Bits, Compression];
        for (int i = 0; i < shorts.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(4 + (2 * i)), (short)shorts[i]);
        if (Header > 12) BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), Colours);

        // The masks are within a longer header, or three of them follow the shorter one.
        byte[] masks = [.. Masks.SelectMany(BitConverter.GetBytes)];
        byte[] within = masks[..Math.Clamp(Header - 40, 0, masks.Length)],
            behind = Header == 40 ? masks[..Math.Min(12, masks.Length)] : [];
        within.CopyTo(header, Header - within.Length < 40 ? 0 : 40);
        int entries = Bits > 8 ? 0 : Colours > 0 ? Colours : 1 << Bits;
        byte[] palette = ImageCorpus.Bytes(entries * (Header == 12 ? 3 : 4));
        byte[] pixels = Pixels ?? ImageCorpus.Bytes(((Width * Bits) + 31) / 32 * 4 * Math.Abs(Height));
        int start = FileHeader + Header + behind.Length + palette.Length;
        return [
            .. "BM"u8, .. BitConverter.GetBytes(start + pixels.Length), 0, 0, 0, 0, .. BitConverter.GetBytes(start),
            .. header, .. behind, .. palette, .. pixels];
    }

    /// <summary>Runs, literals, jumps and ends of rows that stay within the image.</summary>
    public static byte[] RunLengths(Random random, int bits, int width, int height)
    {
        List<byte> bytes = [];
        int x = 0, y = 0;
        while (true)
        {
            int left = width - x;
            if (left == 0 || random.Next(8) == 0)
            {
                if (y == height - 1) return [.. bytes, 0, 1];
                bytes.AddRange([0, 0]);
                (x, y) = (0, y + 1);
                continue;
            }
            int kind = random.Next(10);
            if (kind == 0) return [.. bytes, 0, 1];
            if (kind == 1)
            {
                (int right, int up) = (random.Next(left), random.Next(height - y));
                bytes.AddRange([0, 2, (byte)right, (byte)up]);
                (x, y) = (x + right, y + up);
                continue;
            }
            bool isLiteral = kind < 5 && left >= 3;
            int count = random.Next(isLiteral ? 3 : 1, left + 1), length = ((count * bits) + 7) / 8;
            byte[] values = [.. Enumerable.Range(0, isLiteral ? length + (length & 1) : 1).Select(_ => (byte)random.Next(256))];
            bytes.AddRange(isLiteral ? [0, (byte)count, .. values] : [(byte)count, .. values]);
            x += count;
        }
    }
}
