using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>
/// The first directory of a TIFF (TIFF 6.0 or BigTIFF), read from the file's bytes. Only fields that are asked for are read, each
/// from within the file, so that memory grows with the file and not with what it claims; other directories are never looked at.
/// </summary>
internal sealed class TiffDirectory
{
    private const int ClassicHeader = 8, BigHeader = 16, ClassicEntry = 12, BigEntry = 20;

    // The offsets of 16 million strips, or 8 million of BigTIFF.
    private const long MostBytes = 64 << 20;

    private readonly Stream _file;
    private readonly string _name;
    private readonly bool _isBigTiff;
    private readonly Dictionary<TiffTag, Entry> _entries = [];

    /// <param name="file">A file that begins with the signature of a TIFF.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="InvalidDataException">It is truncated or damaged.</exception>
    public TiffDirectory(Stream file, string name)
    {
        (_file, _name, Length) = (file, name, file.Length);
        byte[] header = Bytes(0, ClassicHeader);
        IsBigEndian = header[0] == (byte)'M';
        _isBigTiff = Word(header.AsSpan(2, 2)) == 43;
        if (_isBigTiff) header = Bytes(0, BigHeader);
        long start = Word(header.AsSpan(_isBigTiff ? 8 : 4));
        int countBytes = _isBigTiff ? sizeof(ulong) : sizeof(ushort), entryBytes = _isBigTiff ? BigEntry : ClassicEntry;
        long count = Word(Bytes(start, countBytes));
        if (count is < 1 || count > Length / entryBytes)
            throw Damaged($"has {Length} bytes, too few for the {count} fields of its directory");
        byte[] fields = Bytes(start + countBytes, count * entryBytes);
        for (int at = 0; at < fields.Length; at += entryBytes)
        {
            Span<byte> field = fields.AsSpan(at, entryBytes);
            int wordBytes = _isBigTiff ? sizeof(ulong) : sizeof(uint);
            (ushort tag, ushort type) = ((ushort)Word(field[..2]), (ushort)Word(field.Slice(2, 2)));
            Span<byte> value = field.Slice(4 + wordBytes);
            long values = Word(field.Slice(4, wordBytes));
            bool isInline = values <= wordBytes && values * SizeOf(type) <= wordBytes;

            // A tag that comes twice counts once, as for libtiff.
            _entries.TryAdd(
                (TiffTag)tag, new Entry(type, values, isInline ? start + countBytes + at + 4 + wordBytes : Word(value)));
        }
    }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Whether numbers of more than a byte begin with the highest.</summary>
    public bool IsBigEndian { get; }

    /// <summary>The first number of a field; the fallback where there is no such field.</summary>
    /// <exception cref="InvalidDataException">The field is no number or lies beyond the file.</exception>
    public int Number(TiffTag tag, int fallback) =>
        Numbers(tag) is { } numbers ? (int)Math.Clamp(numbers[0], int.MinValue, int.MaxValue) : fallback;

    /// <summary>The integers of a field; null where there is no such field.</summary>
    /// <exception cref="InvalidDataException">The field is empty, holds no integers, or lies beyond the file.</exception>
    public long[]? Numbers(TiffTag tag) => Reals(tag) is { } reals ? Array.ConvertAll(reals, value => (long)value) : null;

    /// <summary>The numbers of a field, those of fractions too; null where there is no such field.</summary>
    /// <exception cref="InvalidDataException">The field is empty, holds no numbers, or lies beyond the file.</exception>
    public double[]? Reals(TiffTag tag)
    {
        if (!_entries.TryGetValue(tag, out Entry entry)) return null;
        int size = SizeOf(entry.Type);
        if (size == 0 || entry.Count < 1) throw Damaged($"has {entry.Count} values of the type {entry.Type} in the field {tag}");
        byte[] bytes = Contents(entry, size);
        var numbers = new double[entry.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Real(entry.Type, bytes.AsSpan(i * size, size));
        return numbers;
    }

    /// <summary>The bytes of a field; null where there is no such field.</summary>
    /// <exception cref="InvalidDataException">The field lies beyond the file.</exception>
    public byte[]? Bytes(TiffTag tag) =>
        _entries.TryGetValue(tag, out Entry entry) ? Contents(entry, Math.Max(SizeOf(entry.Type), 1)) : null;

    /// <summary>The bytes of a field or of the directory.</summary>
    /// <exception cref="InvalidDataException">The file ends before them, or they are more than 64 MB.</exception>
    public byte[] Bytes(long start, long count)
    {
        CheckWithin(start, count);
        if (count > MostBytes) throw Damaged($"has {count} bytes in a field, expected at most {MostBytes}");
        var bytes = new byte[count];
        Read(start, bytes);
        return bytes;
    }

    /// <summary>Reads bytes of the file.</summary>
    /// <exception cref="InvalidDataException">The file ends before them.</exception>
    public void Read(long start, Span<byte> bytes)
    {
        CheckWithin(start, bytes.Length);
        _file.Position = start;
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged("ended while it was read");
    }

    public InvalidDataException Damaged(string what, Exception? inner = null) =>
        new($"The TIFF file '{_name}' {what}: it is truncated or damaged. Copy or download it again.", inner);

    public InvalidDataException Unsupported(string what) => new(
        $"The TIFF file '{_name}' {what}, which is not read. Save it as TIFF of 8 or 16 bits (gray, RGB or palette) with LZW, "
        + "Deflate or no compression, in small strips or tiles, or as PNG.");

    private static int SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => sizeof(byte),
        3 or 8 => sizeof(ushort),
        4 or 9 or 11 or 13 => sizeof(uint),
        5 or 10 or 12 or 16 or 17 or 18 => sizeof(ulong),
        _ => 0,
    };

    private byte[] Contents(Entry entry, int size) =>
        entry.Count <= Length / size
            ? Bytes(entry.Position, entry.Count * size)
            : throw Damaged($"has {Length} bytes, too few for a field of {entry.Count} values");

    private void CheckWithin(long start, long count)
    {
        if (start < 0 || count < 0 || count > Length - start)
            throw Damaged($"has {Length} bytes, but refers to {count} of them from {start} on");
    }

    /// <summary>A value of one of the types of TIFF 6.0, section 2, or of BigTIFF.</summary>
    private double Real(ushort type, ReadOnlySpan<byte> bytes) => type switch
    {
        5 => Word(bytes[..4]) / (double)Word(bytes[4..]),
        6 => (sbyte)bytes[0],
        8 => (short)Word(bytes),
        9 => (int)Word(bytes),
        10 => (int)Word(bytes[..4]) / (double)(int)Word(bytes[4..]),
        11 => BitConverter.Int32BitsToSingle((int)Word(bytes)),
        12 => BitConverter.Int64BitsToDouble(Word(bytes)),
        _ => Word(bytes),
    };

    /// <summary>A number of 1, 2, 4 or 8 bytes; one beyond 63 bits is negative, and so within no file.</summary>
    private long Word(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };

    /// <param name="Type">The number of the values' type.</param>
    /// <param name="Count">How many values the field says it has.</param>
    /// <param name="Position">Where they say they begin.</param>
    private readonly record struct Entry(ushort Type, long Count, long Position);
}
