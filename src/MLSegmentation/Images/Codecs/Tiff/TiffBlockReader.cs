using System.Buffers;
using System.IO.Compression;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>Reads and decompresses the strips or tiles of a TIFF.</summary>
internal sealed class TiffBlockReader
{
    // No compression doubles its data, but may carry tables along.
    private const int MostGrowth = 8, MostTables = 1 << 14;

    private readonly TiffDirectory _directory;
    private readonly TiffLayout _layout;
    private readonly byte[] _jpegTables;
    private readonly (int T4, int T6) _faxOptions;

    public TiffBlockReader(TiffDirectory directory, TiffLayout layout)
    {
        (_directory, _layout) = (directory, layout);
        _jpegTables = layout.Compression == Compression.JPEG ? directory.Bytes(TiffTag.JPEGTABLES) ?? [] : [];
        _faxOptions = (directory.Number(TiffTag.T4OPTIONS, 0), directory.Number(TiffTag.T6OPTIONS, 0));
    }

    /// <summary>Reads the first rows of a block.</summary>
    /// <param name="number">The block's place in the layout's list.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="target">Receives them as the layout says, in the machine's byte order.</param>
    /// <exception cref="InvalidDataException">The block is truncated or damaged.</exception>
    public void Read(int number, int rows, byte[] target)
    {
        int bytes = (int)_layout.BytesOf(rows);
        long most = _layout.Compression == Compression.NONE
            ? bytes
            : Math.Min(((long)MostGrowth * bytes) + MostTables, Array.MaxLength);
        int stored = (int)Math.Min(_layout.ByteCounts[number], most);
        byte[] data = ArrayPool<byte>.Shared.Rent(stored);
        try
        {
            _directory.Read(_layout.Offsets[number], data.AsSpan(0, stored));
            if (FindDamage(data, stored, rows, target) is { } damage)
            {
                (int left, int top) =
                    (number % _layout.Across * _layout.BlockWidth, number / _layout.Across % _layout.Down * _layout.BlockHeight);
                throw _directory.Damaged($"has pixels from x {left}, y {top} on that cannot be read ({damage})");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(data);
        }
        TiffSamples samples = _layout.Samples;
        bool isSwapped = _directory.IsBigEndian == BitConverter.IsLittleEndian;
        if (samples.Subsampling != (1, 1) || (samples.Depth <= 8 && _layout.Predictor == Predictor.NONE)) return;
        int rowBytes = (int)_layout.BytesOf(1);
        for (int y = 0; y < rows; y++)
            TiffPredictor.Undo(target.AsSpan(y * rowBytes, rowBytes), _layout.Predictor, samples, isSwapped);
    }

    private string? FindDamage(byte[] data, int stored, int rows, byte[] target)
    {
        int bytes = (int)_layout.BytesOf(rows);
        bool isOwnOrder = _layout.Compression == Compression.JPEG || TiffCompression.IsFax(_layout.Compression);
        ReadOnlySpan<byte> content = data.AsSpan(0, stored);
        if (_layout.IsReversed && !isOwnOrder) Tiff.ReverseBits(data, stored);
        int read;
        switch (_layout.Compression)
        {
            case Compression.NONE:
                content.CopyTo(target);
                read = stored;
                break;
            case Compression.PACKBITS:
                read = TiffPackBits.Decode(content, target.AsSpan(0, bytes));
                break;
            case Compression.LZW:
                if (TiffLzw.IsOldStyle(content))
                    throw _directory.Unsupported("is compressed with LZW of the kind before TIFF 6.0");
                read = TiffLzw.Decode(content, target.AsSpan(0, bytes));
                break;
            case Compression.JPEG:
                return TiffJpeg.Decode(_jpegTables, content, _layout, rows, target);
            case Compression.DEFLATE or Compression.ADOBE_DEFLATE:
                try
                {
                    using var inflated = new ZLibStream(new MemoryStream(data, 0, stored), CompressionMode.Decompress);
                    read = inflated.ReadAtLeast(target.AsSpan(0, bytes), bytes, throwOnEndOfStream: false);
                }
                catch (Exception error) when (error is InvalidDataException or IOException)
                {
                    // An IOException too, where the data asks for a dictionary.
                    return error.Message;
                }
                break;
            default:
                return TiffFax.Decode(content, _layout, _faxOptions, rows, target);
        }
        return read < bytes ? $"they end after {read} bytes, expected {bytes}" : null;
    }
}
