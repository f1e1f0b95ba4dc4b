namespace MLSegmentation;

/// <summary>The rows of a PNG without interlace, inflated as they are asked for.</summary>
internal sealed class PngRowReader : ImageRowReader
{
    private readonly FileStream _stream;
    private readonly PngHeader _header;
    private readonly PngRowDecoder _rows;
    private readonly PngPixels _colours;
    private readonly uint[] _pixels;

    /// <param name="stream">The open file, which the reader disposes of.</param>
    /// <param name="file">Its chunks.</param>
    /// <param name="range">The range of samples of 16 bits; null for all that they can have.</param>
    public PngRowReader(FileStream stream, PngFile file, SampleRange? range)
        : base(file.Header.Width, file.Header.Height)
    {
        (_stream, _header) = (stream, file.Header);
        _colours = new PngPixels(file, Width, range);
        _pixels = new uint[Width];
        _rows = new PngRowDecoder(file);
        _rows.Begin(Width, Height);
    }

    protected override void ReadRow(Span<byte> rgb)
    {
        ReadOnlySpan<byte> row = _rows.Next();
        if (_header is { Colour: PngColour.Rgb, BitDepth: 8 })
        {
            row.CopyTo(rgb);
        }
        else
        {
            _colours.Convert(row, _pixels);
            for (int x = 0; x < Width; x++)
            {
                (rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]) =
                    ((byte)(_pixels[x] >> 16), (byte)(_pixels[x] >> 8), (byte)_pixels[x]);
            }
        }
        if (NextRow == Height - 1) _rows.End();
    }

    protected override void Dispose(bool disposing)
    {
        _rows.Dispose();
        _stream.Dispose();
    }
}
