using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>The CRC of PNG chunks (PNG specification, section 5.5; polynomial 0xEDB88320, reflected).</summary>
internal static class Crc32
{
    private const int Slices = 8;

    // Eight tables take eight bytes a step, which is several times the speed of one table.
    private static readonly uint[] _tables = MakeTables();

    /// <summary>What a CRC that comes in pieces starts from.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>The CRC of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(Start, bytes);

    /// <summary>
    /// Goes on with more bytes from <see cref="Start"/> or from what this gave before; the CRC is the complement of the last.
    /// </summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] tables = _tables;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 << 8) + (byte)low] ^ tables[(6 << 8) + (byte)(low >> 8)]
                ^ tables[(5 << 8) + (byte)(low >> 16)] ^ tables[(4 << 8) + (byte)(low >> 24)]
                ^ tables[(3 << 8) + (byte)high] ^ tables[(2 << 8) + (byte)(high >> 8)]
                ^ tables[(1 << 8) + (byte)(high >> 16)] ^ tables[(byte)(high >> 24)];
        }
        foreach (byte value in bytes) crc = tables[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[Slices << 8];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            tables[value] = crc;
        }
        for (int i = 256; i < tables.Length; i++) tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
