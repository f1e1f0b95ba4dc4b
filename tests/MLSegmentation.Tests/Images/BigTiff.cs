using System.Buffers.Binary;

namespace MLSegmentation.Tests;

/// <summary>
/// Writes a BigTIFF by hand: a header, a directory of 20 bytes an entry with numbers of 64 bits, and one strip of gray pixels.
/// </summary>
internal static class BigTiff
{
    private const int HeaderBytes = 16, EntryBytes = 20;
    private const ushort Short = 3, Long = 4, Long8 = 16;

    public static byte[] Gray(int width, int height, byte[] levels)
    {
        (ushort Tag, ushort Type, long Value)[] entries =
        [
            (256, Long, width), (257, Long, height), (258, Short, 8), (259, Short, 1), (262, Short, 1), (273, Long8, 0),
            (277, Short, 1), (278, Long, height),
            (279, Long8, levels.Length),
        ];
        int pixels = HeaderBytes + sizeof(long) + (entries.Length * EntryBytes) + sizeof(long);
        var file = new byte[pixels + levels.Length];
        "II+\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(4), sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(8), HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(HeaderBytes), entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = file.AsSpan(HeaderBytes + sizeof(long) + (i * EntryBytes));
            (ushort tag, ushort type, long value) = entries[i];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteInt64LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt64LittleEndian(entry[12..], tag == 273 ? pixels : value);
        }
        levels.CopyTo(file, pixels);
        return file;
    }
}
