using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>
/// The headers of a BMP file (Microsoft, "Bitmap Storage"): BITMAPFILEHEADER, then BITMAPCOREHEADER, BITMAPINFOHEADER or one of
/// the longer ones, or the header of OS/2 2.x; then the masks of the channels and the palette.
/// </summary>
internal sealed class BmpFile
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int LeastInfoHeader = 16;
    private const int InfoHeader = 40;
    private const int FirstHeaderWithAlpha = 108;
    private const int MostInfoHeader = 124;

    // The most that two bytes of run lengths can do; they may also leave pixels out.
    private const long MostPixelsPerByte = 128;

    private readonly string _name;

    private BmpFile(ArraySegment<byte> data, string name)
    {
        (Data, _name) = (data, name);
        uint headerBytes = UInt32(FileHeader);
        bool isCore = headerBytes == CoreHeader;
        if (!isCore && headerBytes is < LeastInfoHeader or > MostInfoHeader)
            throw Damaged($"has a BMP header of {headerBytes} bytes");
        Need(FileHeader, (int)headerBytes);
        (Width, Height) = ReadSize(data);
        if (Width < 1 || Height < 1) throw Damaged($"has a size of {Width}×{Height} pixels");
        Bits = UInt16(isCore ? 24 : 28);
        IsTopDown = !isCore && (int)UInt32(22) < 0;
        Compression = headerBytes >= 20 ? (BmpCompression)UInt32(30) : BmpCompression.None;
        CheckKind(headerBytes);
        ImageLimit.Check(Width, Height, name);
        ImageLimit.RowBytes(Width, Math.Max(Bits, 8 * sizeof(ushort)), name);

        int position = FileHeader + (int)headerBytes;
        Masks = ReadMasks((int)headerBytes, ref position);
        long pixels = UInt32(10);
        if (pixels < position || pixels > data.Count) throw Damaged($"has its pixels at byte {pixels} of {data.Count}");
        PixelStart = (int)pixels;
        Palette = Bits > 8 ? [] : ReadPalette(position, isCore ? 3 : 4, headerBytes >= 36 ? UInt32(46) : 0);
        CheckPixels();
    }

    public ArraySegment<byte> Data { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Whether the first row is the top one; else it is the last.</summary>
    public bool IsTopDown { get; }

    /// <summary>Bits a pixel: 1, 2, 4, 8, 16, 24 or 32.</summary>
    public int Bits { get; }

    public BmpCompression Compression { get; }

    /// <summary>Which bits of a pixel of 16 or 32 bits are red, green, blue and alpha.</summary>
    public (uint Red, uint Green, uint Blue, uint Alpha) Masks { get; }

    /// <summary>The colour of each index of 1 to 8 bits; empty for more bits.</summary>
    public IReadOnlyList<Rgb> Palette { get; }

    /// <summary>The place of the first pixel.</summary>
    public int PixelStart { get; }

    public bool IsRunLengths => Compression is BmpCompression.RunLengths8 or BmpCompression.RunLengths4;

    /// <summary>Bytes of a row without run lengths: rows take whole groups of 32 bits.</summary>
    public int RowBytes => (int)((((long)Width * Bits) + 31) / 32 * 4);

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.Length >= FileHeader + CoreHeader && data.StartsWith("BM"u8);

    /// <summary>Reads the headers of a file that has a BMP's signature.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated or damaged, of a kind that is not read, or has more pixels than are taken or than its bytes can hold.
    /// </exception>
    public static BmpFile Parse(ArraySegment<byte> data, string name) => new(data, name);

    /// <summary>The size in the first bytes of a file that has a BMP's signature.</summary>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> data)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(data[FileHeader..]) == CoreHeader)
            return (BinaryPrimitives.ReadUInt16LittleEndian(data[18..]), BinaryPrimitives.ReadUInt16LittleEndian(data[20..]));
        int height = BinaryPrimitives.ReadInt32LittleEndian(data[22..]);
        return (BinaryPrimitives.ReadInt32LittleEndian(data[18..]), height < 0 ? -Math.Max(height, -int.MaxValue) : height);
    }

    public InvalidDataException Damaged(string what) => ImageFile.Damaged(_name, what);

    private void CheckKind(uint headerBytes)
    {
        // OS/2's own header gives 3 and 4 another meaning.
        bool isOs2 = headerBytes is not (CoreHeader or InfoHeader or 52 or 56 or 108 or MostInfoHeader);
        bool isKnown = Compression switch
        {
            BmpCompression.None => Bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.RunLengths8 => Bits == 8 && !IsTopDown,
            BmpCompression.RunLengths4 => Bits == 4 && !IsTopDown,
            BmpCompression.Masks or BmpCompression.MasksWithAlpha => Bits is 16 or 32 && !isOs2,
            _ => false,
        };
        if (isKnown) return;
        throw new InvalidDataException(
            $"The BMP file '{_name}' has {Bits} bits a pixel and the compression {(int)Compression}{(isOs2 ? " of OS/2" : "")}, "
            + "which is not read. Save it as BMP of 24 bits, or as PNG.");
    }

    private (uint Red, uint Green, uint Blue, uint Alpha) ReadMasks(int headerBytes, ref int position)
    {
        if (Compression is not (BmpCompression.Masks or BmpCompression.MasksWithAlpha))
            return Bits == 16 ? (0x7C00u, 0x3E0u, 0x1Fu, 0u) : (0xFF0000u, 0xFF00u, 0xFFu, 0u);

        // The longer headers have the masks in them, at the place where they follow the shorter one. That of 56 bytes has one for
        // alpha too, but what wrote such files left it undefined.
        const int Place = FileHeader + InfoHeader;
        bool hasAlpha = headerBytes >= FirstHeaderWithAlpha
            || (headerBytes == InfoHeader && Compression == BmpCompression.MasksWithAlpha);
        int end = Place + (hasAlpha ? 16 : 12);
        Need(Place, end - Place);
        position = Math.Max(position, end);
        return (UInt32(Place), UInt32(Place + 4), UInt32(Place + 8), hasAlpha ? UInt32(Place + 12) : 0);
    }

    private Rgb[] ReadPalette(int position, int entryBytes, uint stated)
    {
        long most = 1L << Bits;
        long count = stated == 0 ? most : Math.Min(stated, most);
        var palette = new Rgb[Math.Min(count, (PixelStart - position) / entryBytes)];
        for (int i = 0; i < palette.Length; i++, position += entryBytes)
            palette[i] = new Rgb(Data[position + 2], Data[position + 1], Data[position]);
        return palette;
    }

    private void CheckPixels()
    {
        if (IsRunLengths) ImageLimit.CheckClaim(Width, Height, Data.Count, MostPixelsPerByte, _name);
        else if ((long)RowBytes * Height > Data.Count - PixelStart)
            throw Damaged(
                $"has {Data.Count} bytes, too few for the {Width}×{Height} pixels of {Bits} bits that its BMP header states");
    }

    private void Need(int position, int bytes)
    {
        if (bytes > Data.Count - position) throw Damaged($"ends after {Data.Count} bytes, within its BMP header");
    }

    private ushort UInt16(int position) => BinaryPrimitives.ReadUInt16LittleEndian(Data.AsSpan(position));

    private uint UInt32(int position) => BinaryPrimitives.ReadUInt32LittleEndian(Data.AsSpan(position));
}
