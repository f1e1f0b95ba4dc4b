using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// How a TIFF's first image is stored, read from its directory and checked against the file: its size, its samples, and the
/// strips or tiles that they lie in, both called blocks here, as a strip is a tile as wide as the image.
/// </summary>
internal sealed class TiffLayout
{
    private const long MaxBandBytes = 512L << 20;
    private const int JpegPixelBytes = 4;
    private readonly TiffDirectory _directory;

    /// <exception cref="InvalidDataException">
    /// A field is damaged, or the image is of a kind that is not read or has blocks too large to hold.
    /// </exception>
    public TiffLayout(TiffDirectory directory, string name)
    {
        _directory = directory;
        (Width, Height) = (directory.Number(TiffTag.IMAGEWIDTH, 0), directory.Number(TiffTag.IMAGELENGTH, 0));
        if (Width < 1 || Height < 1) throw directory.Damaged($"has a size of {Width}×{Height}");
        ImageLimit.CheckRow(Width, name);
        if (((FileType)directory.Number(TiffTag.SUBFILETYPE, 0)).HasFlag(FileType.REDUCEDIMAGE))
            throw directory.Unsupported($"has a thumbnail of {Width}×{Height} as its first image, as raw photographs have");

        int compression = directory.Number(TiffTag.COMPRESSION, (int)Compression.NONE);
        Compression = (Compression)compression;
        if (TiffCompression.MaxExpansion(Compression, 1) == 0)
            throw directory.Unsupported($"is compressed with {TiffCompression.Name(compression)}");
        Samples = TiffSamples.Read(directory, Compression);
        IsReversed = directory.Number(TiffTag.FILLORDER, (int)FillOrder.MSB2LSB) == (int)FillOrder.LSB2MSB;
        int orientation = directory.Number(TiffTag.ORIENTATION, (int)SKEncodedOrigin.TopLeft);
        Orientation = orientation is >= 1 and <= 8 ? (SKEncodedOrigin)orientation : SKEncodedOrigin.TopLeft;
        bool canPredict = Compression is Compression.LZW or Compression.DEFLATE or Compression.ADOBE_DEFLATE;
        Predictor = canPredict ? (Predictor)directory.Number(TiffTag.PREDICTOR, (int)Predictor.NONE) : Predictor.NONE;
        if (!TiffPredictor.IsKnown(Predictor, Samples))
            throw directory.Unsupported($"has the predictor {Predictor} with samples of {Samples.Depth} bits");

        IsTiled = directory.Numbers(TiffTag.TILEWIDTH) is not null;
        int rows = directory.Number(IsTiled ? TiffTag.TILELENGTH : TiffTag.ROWSPERSTRIP, int.MaxValue);
        BlockWidth = IsTiled ? directory.Number(TiffTag.TILEWIDTH, 0) : Width;
        BlockHeight = IsTiled ? rows : Math.Min(rows, Height);
        if (BlockWidth < 1 || BlockHeight < 1 || (IsTiled && rows == int.MaxValue))
            throw directory.Damaged($"has {Blocks} of {BlockWidth}×{BlockHeight}");
        if (Predictor != Predictor.NONE && Samples.Subsampling != (1, 1))
            throw directory.Unsupported($"has the predictor {Predictor} with colours of a lower resolution");
        CheckSize();
        (Offsets, ByteCounts) = ReadBlocks();
    }

    public int Width { get; }

    public int Height { get; }

    public TiffSamples Samples { get; }

    public Compression Compression { get; }

    public Predictor Predictor { get; }

    /// <summary>Whether the bits of each byte begin with the lowest.</summary>
    public bool IsReversed { get; }

    /// <summary>Where the stored row 0 and column 0 are in the upright image.</summary>
    public SKEncodedOrigin Orientation { get; }

    public bool IsTiled { get; }

    /// <summary>What errors call the blocks.</summary>
    public string Blocks => IsTiled ? "tiles" : "strips";

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>Blocks side by side.</summary>
    public int Across => ((Width - 1) / BlockWidth) + 1;

    /// <summary>Blocks above each other.</summary>
    public int Down => ((Height - 1) / BlockHeight) + 1;

    /// <summary>Where each block begins in the file: row by row, plane after plane.</summary>
    public long[] Offsets { get; }

    /// <summary>The bytes of each block in the file.</summary>
    public long[] ByteCounts { get; }

    /// <summary>The decoded bytes of so many rows of a block.</summary>
    public long BytesOf(int rows) => Samples.BytesOf(BlockWidth, rows);

    /// <summary>
    /// Bytes that reading takes beside the pixels: a row of blocks, and of JPEG the pixels and the coefficients of one.
    /// </summary>
    public long DecoderBytes
    {
        get
        {
            long jpeg = Compression == Compression.JPEG ? BlockPixels * (JpegPixelBytes + (sizeof(short) * Samples.PerBlock)) : 0;
            return (BytesOf(BlockHeight) * Across * Samples.Planes) + jpeg;
        }
    }

    private long BlockPixels => (long)BlockWidth * BlockHeight;

    /// <summary>Memory is taken for the blocks side by side, and for the pixels of a JPEG.</summary>
    private void CheckSize()
    {
        // In floating point: sides of 2^31 with 2^16 samples of 8 bytes are beyond integers.
        double band = (double)BytesOf(1) * BlockHeight * Across * Samples.Planes;
        bool isLarge = band > MaxBandBytes || (Compression == Compression.JPEG && BlockPixels > MaxBandBytes / JpegPixelBytes);
        if (isLarge || BlockWidth > int.MaxValue / 64)
            throw _directory.Unsupported($"has {Blocks} of {BlockWidth}×{BlockHeight} pixels, too large to be read one by one");
    }

    /// <summary>
    /// Each block lies within the file and has enough bytes to be one, and so has the file for all of them: blocks may share
    /// bytes.
    /// </summary>
    private (long[] Offsets, long[] ByteCounts) ReadBlocks()
    {
        long[] offsets = _directory.Numbers(IsTiled ? TiffTag.TILEOFFSETS : TiffTag.STRIPOFFSETS) ?? [];
        long[]? given = _directory.Numbers(IsTiled ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS);
        long expected = (long)Across * Down * Samples.StoredPlanes;

        // Old files leave out the length of their only strip, and it goes on to the file's end at most.
        long[] counts = given ?? (expected == 1 && offsets.Length > 0 ? [_directory.Length - offsets[0]] : []);
        if (offsets.Length < expected || counts.Length < expected)
        {
            throw _directory.Damaged(
                $"has {offsets.Length} offsets and {counts.Length} lengths of {Blocks}, expected {expected} of each");
        }

        // What is named beyond the image is no part of it.
        (offsets, counts) = (offsets[..(int)expected], counts[..(int)expected]);
        long expansion = TiffCompression.MaxExpansion(Compression, BytesOf(1)), image = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] < 1 || counts[i] < 1 || counts[i] > _directory.Length - offsets[i])
            {
                throw _directory.Damaged(
                    $"has {_directory.Length} bytes, but {counts[i]} from {offsets[i]} on for number {i} of its {Blocks}, "
                    + "counted from 0");
            }
            int top = i / Across % Down * BlockHeight;
            long bytes = BytesOf(IsTiled ? BlockHeight : Math.Min(BlockHeight, Height - top));
            if (bytes > counts[i] * expansion)
                throw _directory.Damaged($"has {counts[i]} bytes for number {i} of its {Blocks}, too few for {bytes}");
            image += bytes;
        }
        if (image / expansion > _directory.Length)
            throw _directory.Damaged($"has {_directory.Length} bytes, too few for {Width}×{Height} pixels");
        return (offsets, counts);
    }
}
