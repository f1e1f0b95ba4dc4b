using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

/// <summary>Writes a TIFF by hand: any fields, whether they fit together or not, and blocks of any bytes.</summary>
/// <param name="Width">The field ImageWidth.</param>
/// <param name="Height">The field ImageLength.</param>
internal sealed record RawTiff(int Width, int Height)
{
    private const int Header = 8, EntryBytes = 12;
    private const ushort Short = 3, Long = 4;

    public int Depth { get; init; } = 8;

    public int Samples { get; init; } = 1;

    public Photometric Colour { get; init; } = Photometric.MINISBLACK;

    public int Compression { get; init; } = 1;

    public bool IsBigEndian { get; init; }

    /// <summary>Further fields, or other values for those above; an empty list leaves the field out.</summary>
    public Dictionary<TiffTag, int[]> Fields { get; init; } = [];

    /// <summary>
    /// The file with these strips one after the other, each of as many rows as the field RowsPerStrip says, all by default.
    /// </summary>
    public byte[] ToBytes(params byte[][] blocks)
    {
        int start = Header;
        int[] offsets = [.. blocks.Select(block => (start += block.Length) - block.Length)];
        var fields = new SortedDictionary<int, int[]>
        {
            [(int)TiffTag.IMAGEWIDTH] = [Width],
            [(int)TiffTag.IMAGELENGTH] = [Height],
            [(int)TiffTag.BITSPERSAMPLE] = [.. Enumerable.Repeat(Depth, Samples)],
            [(int)TiffTag.COMPRESSION] = [Compression],
            [(int)TiffTag.PHOTOMETRIC] = [(int)Colour],
            [(int)TiffTag.STRIPOFFSETS] = offsets,
            [(int)TiffTag.SAMPLESPERPIXEL] = [Samples],
            [(int)TiffTag.ROWSPERSTRIP] = [Height],
            [(int)TiffTag.STRIPBYTECOUNTS] = [.. blocks.Select(block => block.Length)],
        };
        foreach ((TiffTag tag, int[] values) in Fields) fields[(int)tag] = values;
        foreach (int tag in fields.Where(field => field.Value.Length == 0).Select(field => field.Key).ToArray())
            fields.Remove(tag);

        var file = new List<byte>(
            [.. IsBigEndian ? "MM"u8 : "II"u8, .. Number(
                42, Short), .. Number(start, Long), .. blocks.SelectMany(block => block), .. Number(fields.Count, Short)]);
        int extra = start + sizeof(ushort) + (fields.Count * EntryBytes) + sizeof(uint);
        var arrays = new List<byte>();
        foreach ((int tag, int[] values) in fields)
        {
            // Bytes are of the type Undefined, as JPEG tables are.
            ushort type = tag == (int)TiffTag.JPEGTABLES
                ? (ushort)7
                : values.All(value => value is >= 0 and <= ushort.MaxValue) ? Short : Long;
            byte[] bytes = [.. values.SelectMany(value => Number(value, type))];
            file.AddRange([.. Number(tag, Short), .. Number(type, Short), .. Number(values.Length, Long)]);
            if (bytes.Length <= sizeof(uint)) file.AddRange([.. bytes, .. new byte[sizeof(uint) - bytes.Length]]);
            else
            {
                file.AddRange(Number(extra + arrays.Count, Long));
                arrays.AddRange(bytes);
            }
        }
        return [.. file, .. new byte[sizeof(uint)], .. arrays];
    }

    private byte[] Number(int value, ushort type)
    {
        if (type == 7) return [(byte)value];
        byte[] bytes = new byte[sizeof(uint)];
        if (IsBigEndian) BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return type == Long ? bytes : IsBigEndian ? bytes[2..] : bytes[..2];
    }
}
