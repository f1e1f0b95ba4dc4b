using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Images;

/// <summary>
/// The rows of a TIFF's first image (TIFF 6.0 and BigTIFF, in every compression that LibTiff knows). What is held is one strip or one row of
/// tiles.
/// </summary>
internal sealed class TiffRowReader : ImageRowReader
{
    /// <summary>The bytes that <see cref="HasSignature"/> looks at.</summary>
    public const int SignatureLength = 4;

    private readonly Tiff _tiff;
    private readonly TiffFile _file;
    private readonly TiffLayout _layout;
    private readonly byte[] _block;
    private readonly byte[] _band;
    private readonly byte[][] _colours;

    private TiffRowReader(Tiff tiff, TiffFile file, TiffLayout layout)
        : base(layout.Width, layout.Height)
    {
        (_tiff, _file, _layout) = (tiff, file, layout);
        _colours = ReadColours();
        _block = new byte[layout.BlockWidth * layout.BlockHeight * layout.PixelBytes];
        _band = new byte[Width * layout.BlockHeight * layout.Colours];
        if (layout.Colour == Photometric.RGB) tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
    }

    public static bool HasSignature(ReadOnlySpan<byte> data) =>
        data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) || data.StartsWith("II+\0"u8) || data.StartsWith("MM\0+"u8);

    /// <summary>Opens the content of a file, which the reader disposes of.</summary>
    /// <exception cref="InvalidDataException">It is truncated, damaged, or of a kind that is not read.</exception>
    public static TiffRowReader Open(Stream stream, string name)
    {
        (Tiff tiff, TiffFile file) = TiffFile.Open(stream, name);
        try
        {
            return file.Guard("has a directory that cannot be read", () => new TiffRowReader(tiff, file, new TiffLayout(tiff, file, name)));
        }
        catch
        {
            tiff.Dispose();
            throw;
        }
    }

    protected override void ReadRow(Span<byte> rgb)
    {
        int row = NextRow % _layout.BlockHeight;
        if (row == 0) ReadBand();
        int bytes = Width * _layout.Colours;
        ReadOnlySpan<byte> samples = _band.AsSpan(row * bytes, bytes);
        if (_layout.Colours == 3)
        {
            samples.CopyTo(rgb);
            return;
        }
        for (int x = 0; x < samples.Length; x++) _colours[samples[x]].CopyTo(rgb[(3 * x)..]);
    }

    protected override void Dispose(bool disposing) => _tiff.Dispose();

    /// <summary>Reads the strip, or the row of tiles, that begins with the next row.</summary>
    private void ReadBand()
    {
        int rows = Math.Min(_layout.BlockHeight, Height - NextRow);
        for (short plane = 0; plane < (_layout.IsSeparate ? _layout.Colours : 1); plane++)
        {
            for (int left = 0; left < Width; left += _layout.BlockWidth)
            {
                // A tile is stored whole, the last strip is not.
                int expected = (_layout.IsTiled ? _layout.BlockHeight : rows) * _layout.BlockWidth * _layout.PixelBytes;
                string what = $"has pixels at x {left}, y {NextRow} that cannot be read";
                if (_file.Guard(what, () => ReadBlock(left, plane, expected)) < expected) throw _file.Damaged(what);
                CopyBlock(rows, left, plane);
            }
        }
    }

    /// <summary>Reads the strip or tile that begins with the next row.</summary>
    /// <returns>The bytes read; -1 where it cannot be decompressed.</returns>
    private int ReadBlock(int left, short plane, int bytes) => _layout.IsTiled
        ? _tiff.ReadEncodedTile(_tiff.ComputeTile(left, NextRow, 0, plane), _block, 0, bytes)
        : _tiff.ReadEncodedStrip(_tiff.ComputeStrip(NextRow, plane), _block, 0, bytes);

    private void CopyBlock(int rows, int left, int plane)
    {
        int width = Math.Min(_layout.BlockWidth, Width - left), colours = _layout.Colours, pixelBytes = _layout.PixelBytes;
        int copied = _layout.IsSeparate ? 1 : colours;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> source = _block.AsSpan(y * _layout.BlockWidth * pixelBytes, width * pixelBytes);
            Span<byte> target = _band.AsSpan((((y * Width) + left) * colours) + plane);
            for (int x = 0; x < width; x++)
            {
                for (int i = 0; i < copied; i++) target[(x * colours) + i] = Sample(source[(x * pixelBytes)..], i);
            }
        }
    }

    /// <summary>A sample at 8 bits; LibTiff gives 16 bits in the machine's own order.</summary>
    private byte Sample(ReadOnlySpan<byte> pixel, int index) =>
        _layout.Depth == 8 ? pixel[index] : Rounded(BitConverter.ToUInt16(pixel[(2 * index)..]));

    private static byte Rounded(ushort value) => (byte)(((value * 255L) + (ushort.MaxValue / 2)) / ushort.MaxValue);

    /// <summary>The colour of each gray value or palette index.</summary>
    private byte[][] ReadColours()
    {
        if (_layout.Colour != Photometric.PALETTE)
        {
            bool isInverted = _layout.Colour == Photometric.MINISWHITE;
            return [.. Enumerable.Range(0, 256)
                .Select(value => (byte)(isInverted ? 255 - value : value)).Select(gray => new[] { gray, gray, gray })];
        }
        if (_tiff.GetField(TiffTag.COLORMAP) is not { Length: 3 } maps) throw _file.Damaged("is a palette image without a palette");
        ushort[][] channels = [.. maps.Select(map => map.ToUShortArray())];

        // A palette has 16 bits; some programs write 8.
        bool isShort = channels.All(channel => channel.All(value => value <= byte.MaxValue));
        return [.. Enumerable.Range(0, 256)
            .Select(index => channels.Select(channel => isShort ? (byte)channel[index] : Rounded(channel[index])).ToArray())];
    }
}
