using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>
/// The first picture of a GIF file (GIF89a specification, CompuServe 1990): where it lies on the screen, its palette, and where
/// its compressed indices begin. What follows it, such as an animation's other pictures, is not looked at.
/// </summary>
internal sealed class GifFile
{
    private const int HeaderBytes = 13;
    private const int PictureBytes = 9;
    private const int ControlBytes = 4;
    private const int ColourBytes = 3;
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Picture = 0x2C;

    // The best an index of a string can do: 12 bits for the 3839 pixels of the longest string there is.
    private const long MostPixelsPerByte = 2560;

    // The rows of an interlaced picture come in four passes.
    private static readonly (int First, int Step)[] _passes = [(0, 8), (4, 8), (2, 4), (1, 2)];

    private readonly ArraySegment<byte> _data;
    private readonly string _name;
    private readonly bool _isInterlaced;
    private readonly int _dataStart;

    private GifFile(ArraySegment<byte> data, string name)
    {
        (_data, _name) = (data, name);
        ReadOnlySpan<byte> bytes = data;
        if (bytes.Length < HeaderBytes) throw Truncated();
        (Width, Height) = (UInt16(6), UInt16(8));
        byte flags = bytes[10];
        Background = bytes[11];
        int position = HeaderBytes;
        Palette = ReadPalette(flags, ref position);
        int control = FindPicture(ref position);
        if (control >= 0 && (bytes[control] & 1) != 0) Transparent = bytes[control + 3];

        (Left, Top, PictureWidth, PictureHeight) =
            (UInt16(position), UInt16(position + 2), UInt16(position + 4), UInt16(position + 6));
        flags = bytes[position + 8];
        _isInterlaced = (flags & 0x40) != 0;
        position += PictureBytes;
        if ((flags & 0x80) != 0) Palette = ReadPalette(flags, ref position);
        _dataStart = position;
    }

    /// <summary>The screen's width, which is the image's.</summary>
    public int Width { get; private set; }

    /// <summary>The screen's height.</summary>
    public int Height { get; private set; }

    /// <summary>The index of what the picture does not cover.</summary>
    public byte Background { get; }

    /// <summary>The screen's column that the picture starts in.</summary>
    public int Left { get; }

    /// <summary>The screen's row that the picture starts in.</summary>
    public int Top { get; }

    public int PictureWidth { get; }

    public int PictureHeight { get; }

    /// <summary>The index that is no colour; null for none.</summary>
    public int? Transparent { get; }

    /// <summary>The colour of each index; empty where the file has no palette.</summary>
    public IReadOnlyList<Rgb> Palette { get; }

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8);

    /// <summary>Reads the headers of a file that has a GIF's signature.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated or damaged, or has more pixels than are taken or than its bytes can hold.
    /// </exception>
    public static GifFile Parse(ArraySegment<byte> data, string name)
    {
        var file = new GifFile(data, name);
        file.FitScreen();
        ImageLimit.Check(file.Width, file.Height, name);
        ImageLimit.CheckClaim(file.Width, file.Height, data.Count, MostPixelsPerByte, name);
        return file;
    }

    /// <summary>The picture's row that comes as the one of that number, counted from 0.</summary>
    public int RowOf(int number)
    {
        if (!_isInterlaced) return number;
        foreach ((int first, int step) in _passes)
        {
            int rows = (PictureHeight - first + step - 1) / step;
            if (number < rows) return first + (number * step);
            number -= rows;
        }
        throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>
    /// The compressed data: the bits of an index, and the codes, which lie in blocks of up to 255 bytes, as far as the file has
    /// them.
    /// </summary>
    /// <exception cref="InvalidDataException">The file ends before it.</exception>
    public (int IndexBits, ReadOnlyMemory<byte> Codes) ReadCodes()
    {
        int position = _dataStart;
        Need(position, 1);
        int indexBits = _data[position++];
        var codes = new MemoryStream();
        while (position < _data.Count && _data[position++] is > 0 and var length)
        {
            int there = Math.Min(length, _data.Count - position);
            codes.Write(_data.AsSpan(position, there));
            position += there;
        }
        return (indexBits, codes.GetBuffer().AsMemory(0, (int)codes.Length));
    }

    public InvalidDataException Damaged(string what) => ImageFile.Damaged(_name, what);

    private InvalidDataException Truncated() => Damaged($"ends after {_data.Count} bytes, before its first picture does");

    /// <summary>
    /// Old files, and files of programs that did not know better, have a screen that their picture does not fit into.
    /// </summary>
    private void FitScreen()
    {
        if (PictureWidth == 0 || PictureHeight == 0) throw Damaged($"has a picture of {PictureWidth}×{PictureHeight} pixels");
        if (Left + PictureWidth <= Width && Top + PictureHeight <= Height) return;
        (Width, Height) = (Math.Max(Width, Left + PictureWidth), Math.Max(Height, Top + PictureHeight));
    }

    /// <summary>Goes to the first picture, past the blocks before it.</summary>
    /// <returns>The place of the content of the graphic control before it; -1 where there is none.</returns>
    private int FindPicture(ref int position)
    {
        int control = -1;
        while (true)
        {
            Need(position, 2);
            byte kind = _data[position++];
            if (kind == Picture) break;
            if (kind != Extension) throw Damaged($"has a block of the unknown kind 0x{kind:X2} at byte {position - 1}");
            byte label = _data[position++];
            Need(position, 1);
            if (label == GraphicControl && _data[position] >= ControlBytes)
            {
                control = position + 1;
                Need(control, ControlBytes);
            }
            SkipBlocks(ref position);
        }
        Need(position, PictureBytes);
        return control;
    }

    private void SkipBlocks(ref int position)
    {
        while (true)
        {
            Need(position, 1);
            int length = _data[position++];
            if (length == 0) return;
            position += length;
        }
    }

    private Rgb[] ReadPalette(byte flags, ref int position)
    {
        if ((flags & 0x80) == 0) return [];
        var palette = new Rgb[2 << (flags & 7)];
        Need(position, ColourBytes * palette.Length);
        for (int i = 0; i < palette.Length; i++, position += ColourBytes)
            palette[i] = new Rgb(_data[position], _data[position + 1], _data[position + 2]);
        return palette;
    }

    private void Need(int position, int bytes)
    {
        if (bytes > _data.Count - position) throw Truncated();
    }

    private ushort UInt16(int position) => BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(position));
}
