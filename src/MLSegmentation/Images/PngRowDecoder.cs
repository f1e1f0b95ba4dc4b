using System.IO.Compression;

namespace MLSegmentation.Images;

/// <summary>Inflates the rows of a PNG one after the other and undoes their filters. Two rows are held.</summary>
internal sealed class PngRowDecoder(PngFile file) : IDisposable
{
    private readonly ZLibStream _stream = new(file.OpenImageData(), CompressionMode.Decompress);
    private readonly int _pixelBits = file.Header.Channels * file.Header.BitDepth;
    private byte[] _row = [];
    private byte[] _above = [];
    private int _y;
    private int _height;

    /// <summary>Begins a pass: all rows, or those of one of the passes of an interlaced image.</summary>
    /// <param name="width">Pixels of each row.</param>
    /// <param name="height">The number of rows.</param>
    public void Begin(int width, int height)
    {
        int rowBytes = checked((int)((((long)width * _pixelBits) + 7) / 8));
        (_row, _above) = (new byte[rowBytes + 1], new byte[rowBytes + 1]);
        (_y, _height) = (0, height);
    }

    /// <summary>The bytes of the pass's next row; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public ReadOnlySpan<byte> Next()
    {
        (_row, _above) = (_above, _row);
        if (Inflate(_row) < _row.Length) throw file.Damaged($"has image data that ends in row {_y} of {_height}");
        if (!PngFilter.Undo(_row[0], _row.AsSpan(1), _above.AsSpan(1), Math.Max(_pixelBits / 8, 1)))
            throw file.Damaged($"has an unknown filter ({_row[0]}) in row {_y}");
        _y++;
        return _row.AsSpan(1);
    }

    /// <summary>To be called after the last row: the checksum behind the compressed data is looked at only when its end is reached.</summary>
    /// <exception cref="InvalidDataException">It is wrong.</exception>
    public void End() => Inflate(new byte[1]);

    public void Dispose() => _stream.Dispose();

    /// <summary>The samples of a row of bytes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="header">Its depth and channels.</param>
    /// <param name="width">Its pixels.</param>
    /// <param name="samples">Receives each sample as it stands in the file, 0 to 2^depth - 1.</param>
    /// <param name="step">From a pixel's first sample to that of the next.</param>
    public static void Unpack(ReadOnlySpan<byte> row, PngHeader header, int width, Span<ushort> samples, int step)
    {
        int channels = header.Channels;
        int depth = header.BitDepth;
        if (depth < 8)
        {
            // Packed samples have one channel; the leftmost is in the high bits.
            int mask = (1 << depth) - 1;
            for (int x = 0; x < width; x++)
            {
                int bit = x * depth;
                samples[x * step] = (ushort)((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask);
            }
            return;
        }
        for (int x = 0; x < width; x++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int at = (x * channels) + channel;
                samples[(x * step) + channel] = depth == 8 ? row[at] : (ushort)((row[2 * at] << 8) | row[(2 * at) + 1]);
            }
        }
    }

    private int Inflate(byte[] buffer)
    {
        try
        {
            return _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw file.Damaged("has image data that cannot be decompressed", error);
        }
    }
}
