using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>Turns the samples of a TIFF's rows into colours of 8 bits a channel.</summary>
internal sealed class TiffColours
{
    private readonly TiffSamples _samples;
    private readonly TiffLevels? _levels;
    private readonly Rgb[] _palette = [];
    private readonly TiffYCbCr? _yCbCr;
    private readonly byte[] _row;

    /// <param name="reader">The file.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">The samples have no range, or there is no palette.</exception>
    public TiffColours(TiffReader reader, SampleRange? range, string name)
    {
        _samples = reader.Layout.Samples;
        _row = new byte[reader.Layout.Width * _samples.Colours];
        if (_samples.Colour == Photometric.PALETTE) _palette = ReadPalette(reader.Directory, _samples.Depth);
        else _levels = new TiffLevels(_samples, range, name);
        if (_samples.Colour == Photometric.YCBCR) _yCbCr = TiffYCbCr.Read(reader.Directory);
    }

    /// <summary>The palette's colours at 8 bits, one for each index that the bits of a sample can hold.</summary>
    /// <exception cref="InvalidDataException">There is none of that size.</exception>
    public static Rgb[] ReadPalette(TiffDirectory directory, int depth)
    {
        long[] values = directory.Numbers(TiffTag.COLORMAP) ?? [];
        int count = 1 << depth;
        if (values.Length != 3 * count)
            throw directory.Damaged($"has {values.Length} values in its palette, expected {3 * count}");

        // A palette has 16 bits; some programs write 8.
        bool isShort = values.All(value => value <= byte.MaxValue);
        byte Level(long value) =>
            (byte)(isShort
                ? value
                : ((Math.Min(value, ushort.MaxValue) * byte.MaxValue) + (ushort.MaxValue / 2)) / ushort.MaxValue);
        return [.. Enumerable.Range(0, count)
            .Select(index => new Rgb(Level(values[index]), Level(values[count + index]), Level(values[(2 * count) + index])))];
    }

    /// <summary>Turns a row into colours.</summary>
    /// <param name="row">The row as <see cref="TiffReader.Next"/> gives it.</param>
    /// <param name="rgb">Receives red, green and blue of each pixel.</param>
    /// <exception cref="InvalidDataException">A number is outside of the range of its kind, and none is given.</exception>
    public void Convert(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        if (_samples.Colour == Photometric.PALETTE)
        {
            for (int x = 0; x < rgb.Length / 3; x++)
                (rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]) = _palette[(int)TiffLevels.Value(_samples, row, x)];
            return;
        }
        if (_samples.Colour == Photometric.RGB)
        {
            _levels!.Convert(row, rgb);
            return;
        }
        _levels!.Convert(row, _row);
        switch (_samples.Colour)
        {
            case Photometric.YCBCR:
                _yCbCr!.Convert(_row, rgb);
                break;
            case Photometric.SEPARATED:
                FromInks(_row, rgb);
                break;
            default:
                byte inverted = _samples.Colour == Photometric.MINISWHITE ? byte.MaxValue : (byte)0;
                for (int x = 0; x < _row.Length; x++) rgb.Slice(3 * x, 3).Fill((byte)(_row[x] ^ inverted));
                break;
        }
    }

    /// <summary>
    /// Cyan, magenta, yellow and black let (255 - ink)(255 - black) / 255 of the light through, rounded down as in libtiff.
    /// </summary>
    private static void FromInks(ReadOnlySpan<byte> inks, Span<byte> rgb)
    {
        for (int x = 0; x < rgb.Length / 3; x++)
        {
            int light = byte.MaxValue - inks[(4 * x) + 3];
            for (int i = 0; i < 3; i++) rgb[(3 * x) + i] = (byte)((byte.MaxValue - inks[(4 * x) + i]) * light / byte.MaxValue);
        }
    }
}
