namespace MLSegmentation;

/// <summary>
/// The rows of a TIFF's first image as colours, from the stored row 0 on. What is held is one strip or one row of tiles.
/// </summary>
internal sealed class TiffRowReader : ImageRowReader
{
    private readonly TiffReader _reader;
    private readonly TiffColours _colours;

    private TiffRowReader(TiffReader reader, TiffColours colours)
        : base(reader.Layout.Width, reader.Layout.Height) => (_reader, _colours) = (reader, colours);

    /// <summary>How the image is stored.</summary>
    public TiffLayout Layout => _reader.Layout;

    /// <summary>Opens the content of a file, which the reader disposes of.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <exception cref="InvalidDataException">It is truncated, damaged, or of a kind that is not read.</exception>
    public static TiffRowReader Open(Stream stream, string name, SampleRange? range)
    {
        var reader = new TiffReader(stream, name);
        try
        {
            return new TiffRowReader(reader, new TiffColours(reader, range, name));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    protected override void ReadRow(Span<byte> rgb) => _colours.Convert(_reader.Next(), rgb);

    protected override void Dispose(bool disposing) => _reader.Dispose();
}
