namespace MLSegmentation;

/// <summary>
/// The rows of a TIFF's first image as they are stored: numbers, neither scaled nor turned into colours. One row of blocks is
/// held once one is read.
/// </summary>
internal sealed class TiffReader : IDisposable
{
    private readonly Stream _stream;
    private readonly TiffBlockReader _reader;
    private byte[][] _blocks = [];
    private readonly byte[] _row;
    private int _next;

    /// <summary>Opens the content of a file, which this disposes of.</summary>
    /// <exception cref="InvalidDataException">It is truncated, damaged, or of a kind that is not read.</exception>
    public TiffReader(Stream stream, string name)
    {
        _stream = stream;
        Directory = new TiffDirectory(stream, name);
        Layout = new TiffLayout(Directory, name);
        _reader = new TiffBlockReader(Directory, Layout);
        _row = new byte[Layout.Width * Layout.Samples.Colours * Layout.Samples.Bytes];
    }

    public TiffDirectory Directory { get; }

    public TiffLayout Layout { get; }

    public static bool HasSignature(ReadOnlySpan<byte> data) =>
        data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) || data.StartsWith("II+\0"u8) || data.StartsWith("MM\0+"u8);

    /// <summary>
    /// The samples of the next row that make its colours: of <see cref="TiffSamples.Bytes"/> bytes, in the machine's order. Valid
    /// until the next call.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public ReadOnlySpan<byte> Next()
    {
        int row = _next % Layout.BlockHeight;
        if (row == 0) ReadBlocks();
        TiffSamples samples = Layout.Samples;
        for (int i = 0; i < _blocks.Length; i++)
        {
            int left = i % Layout.Across * Layout.BlockWidth, plane = i / Layout.Across;
            int width = Math.Min(Layout.BlockWidth, Layout.Width - left);
            Span<byte> target = _row.AsSpan(left * samples.Colours * samples.Bytes);
            if (samples.Subsampling != (1, 1))
                TiffUnpacking.Subsampled(_blocks[i], samples.Subsampling, Layout.BlockWidth, row, width, target);
            else TiffUnpacking.Row(_blocks[i].AsSpan((int)Layout.BytesOf(row)), samples, plane, width, target);
        }
        _next++;
        return _row;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads the blocks that begin with the next row: all of one plane, then those of the next.</summary>
    private void ReadBlocks()
    {
        if (_next == 0)
        {
            _blocks = [.. Enumerable.Range(0, Layout.Across * Layout.Samples.Planes)
                .Select(_ => new byte[Layout.BytesOf(Layout.BlockHeight)])];
        }
        int down = _next / Layout.BlockHeight;

        // A tile is stored whole, the last strip is not.
        int rows = Layout.IsTiled ? Layout.BlockHeight : Math.Min(Layout.BlockHeight, Layout.Height - _next);
        for (int i = 0; i < _blocks.Length; i++)
        {
            int plane = i / Layout.Across;
            _reader.Read((((plane * Layout.Down) + down) * Layout.Across) + (i % Layout.Across), rows, _blocks[i]);
        }
    }
}
