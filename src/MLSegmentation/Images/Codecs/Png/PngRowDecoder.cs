using System.IO.Compression;

namespace MLSegmentation;

/// <summary>Inflates the rows of a PNG one after the other and undoes their filters. A few rows are held.</summary>
internal sealed class PngRowDecoder(PngFile file) : IDisposable
{
    // Rows are inflated together up to this, as each call costs.
    private const int BandBytes = 1 << 16;

    private readonly ZLibStream _stream = new(file.OpenImageData(), CompressionMode.Decompress);
    private readonly int _pixelBits = file.Header.Channels * file.Header.BitDepth;

    // Filtered rows, each behind the byte of its filter.
    private byte[] _band = [];
    private int _bandAt;
    private int _bandEnd;
    private InvalidDataException? _damage;

    private byte[] _row = [];
    private byte[] _above = [];
    private int _rowBytes;
    private int _y;
    private int _height;

    /// <summary>Begins a pass: all rows, or those of one of the passes of an interlaced image.</summary>
    /// <param name="width">Pixels of each row.</param>
    /// <param name="height">The number of rows.</param>
    /// <exception cref="InvalidDataException">A row is larger than is taken.</exception>
    public void Begin(int width, int height)
    {
        _rowBytes = ImageLimit.RowBytes(width, _pixelBits, file.Name);
        _band = new byte[(Math.Clamp(BandBytes / (_rowBytes + 1), 1, height) * (_rowBytes + 1)) + PngFilter.Padding];
        (_row, _above) = (new byte[_rowBytes + PngFilter.Padding], new byte[_rowBytes + PngFilter.Padding]);
        (_bandAt, _bandEnd, _y, _height) = (0, 0, 0, height);
    }

    /// <summary>The bytes of the pass's next row; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public ReadOnlySpan<byte> Next()
    {
        (_row, _above) = (_above, _row);
        if (_bandAt == _bandEnd) FillBand();
        if (_bandEnd - _bandAt <= _rowBytes) throw _damage ?? file.Damaged($"has image data that ends in row {_y} of {_height}");
        byte filter = _band[_bandAt++];
        if (!PngFilter.Undo(filter, _band.AsSpan(_bandAt, _row.Length), _above, _row, Math.Max(_pixelBits / 8, 1)))
            throw file.Damaged($"has an unknown filter ({filter}) in row {_y}");
        _bandAt += _rowBytes;
        _y++;
        return _row.AsSpan(0, _rowBytes);
    }

    /// <summary>
    /// To be called after the last row: the checksum behind the compressed data is looked at only when its end is reached.
    /// </summary>
    /// <exception cref="InvalidDataException">It is wrong.</exception>
    public void End()
    {
        Inflate(new byte[1]);
        if (_damage is not null) throw _damage;
    }

    public void Dispose() => _stream.Dispose();

    private void FillBand()
    {
        // The last row comes alone: a wrong checksum behind it would take those with it that are inflated together.
        int wanted = (int)Math.Min(_band.Length - PngFilter.Padding, Math.Max(_height - _y - 1L, 1) * (_rowBytes + 1));
        (_bandAt, _bandEnd) = (0, Inflate(_band.AsSpan(0, wanted)));
    }

    /// <summary>Inflates the next bytes, as many as there are before the end or the damage, which is kept.</summary>
    private int Inflate(Span<byte> buffer)
    {
        int done = 0;
        try
        {
            while (done < buffer.Length && _stream.Read(buffer[done..]) is > 0 and var read) done += read;
        }
        catch (Exception error) when (error is InvalidDataException || error.GetType().Namespace == typeof(ZLibStream).Namespace)
        {
            // What zlib says of a preset dictionary is of a type that is not public.
            _damage = file.Damaged("has image data that cannot be decompressed", error);
        }
        return done;
    }
}
