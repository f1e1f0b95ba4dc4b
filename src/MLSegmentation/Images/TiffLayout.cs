using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Images;

/// <summary>How the samples of a TIFF lie in its strips or tiles, both called blocks here: a strip is a tile as wide as the image.</summary>
internal sealed record TiffLayout
{
    private const long MaxBandBytes = 512L << 20;

    // LZW and Deflate shrink data less than this, so a smaller file cannot hold the block that its directory claims.
    private const long MaxCompression = 2000;

    /// <summary>Reads and checks the fields of a TIFF's first directory.</summary>
    /// <exception cref="InvalidDataException">It has a kind of samples that is not read, or blocks too large to hold.</exception>
    public TiffLayout(Tiff tiff, TiffFile file, string name)
    {
        int Field(TiffTag tag, int fallback) => tiff.GetFieldDefaulted(tag) is { Length: > 0 } values ? values[0].ToInt() : fallback;
        (Width, Height) = (Field(TiffTag.IMAGEWIDTH, 0), Field(TiffTag.IMAGELENGTH, 0));
        if (Width < 1 || Height < 1) throw file.Damaged($"has a size of {Width}×{Height}");
        ImageLimit.CheckRow(Width, name);
        if (((FileType)Field(TiffTag.SUBFILETYPE, 0)).HasFlag(FileType.REDUCEDIMAGE))
            throw file.Unsupported($"has a thumbnail of {Width}×{Height} as its first image, as raw photographs have");

        Depth = Field(TiffTag.BITSPERSAMPLE, 1);
        Samples = Field(TiffTag.SAMPLESPERPIXEL, 1);
        Colour = (Photometric)Field(TiffTag.PHOTOMETRIC, -1);
        var format = (SampleFormat)Field(TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT);
        bool isJpeg = Field(TiffTag.COMPRESSION, 0) == (int)Compression.JPEG;
        if (isJpeg && Colour == Photometric.YCBCR) Colour = Photometric.RGB;
        bool isKnown = format == SampleFormat.UINT && Samples >= Colours && Colour switch
        {
            Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB => Depth is 8 or 16,
            Photometric.PALETTE => Depth == 8,
            _ => false,
        };
        if (!isKnown)
        {
            throw file.Unsupported(
                $"has {Samples} samples a pixel of {Depth} bits, of the format {format} and the photometric interpretation {Colour}");
        }
        var orientation = (Orientation)Field(TiffTag.ORIENTATION, (int)Orientation.TOPLEFT);
        if (orientation != Orientation.TOPLEFT)
            throw file.Unsupported($"has the orientation {orientation}, expected {Orientation.TOPLEFT}: turn it upright");

        IsSeparate = Samples > 1 && Field(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) == (int)PlanarConfig.SEPARATE;
        IsTiled = tiff.IsTiled();
        int rows = Field(IsTiled ? TiffTag.TILELENGTH : TiffTag.ROWSPERSTRIP, -1);
        BlockWidth = IsTiled ? Field(TiffTag.TILEWIDTH, 0) : Width;
        BlockHeight = IsTiled ? rows : rows < 1 ? Height : Math.Min(rows, Height);
        if (BlockWidth < 1 || BlockHeight < 1) throw file.Damaged($"has tiles of {BlockWidth}×{BlockHeight}");
        long block = (long)BlockWidth * BlockHeight * PixelBytes, band = (long)Width * BlockHeight * Colours;
        if (block > MaxBandBytes || band > MaxBandBytes)
            throw file.Unsupported($"has {(IsTiled ? "tiles" : "strips")} of {BlockWidth}×{BlockHeight} pixels, too large to be read one by one");
        if (block > file.Length * MaxCompression)
            throw file.Damaged($"has {file.Length} bytes, too few for {(IsTiled ? "tiles" : "strips")} of {BlockWidth}×{BlockHeight} pixels");
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bits a sample, 8 or 16.</summary>
    public int Depth { get; }

    /// <summary>Samples a pixel, of which the first <see cref="Colours"/> are read.</summary>
    public int Samples { get; }

    /// <summary>Gray, RGB or palette; YCbCr in a JPEG is decoded to RGB.</summary>
    public Photometric Colour { get; }

    /// <summary>Samples that make a pixel's colour: 3, or 1 for gray and palette.</summary>
    public int Colours => Colour == Photometric.RGB ? 3 : 1;

    /// <summary>Whether each sample of a pixel is in a block of its own.</summary>
    public bool IsSeparate { get; }

    public bool IsTiled { get; }

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>Bytes of a pixel in a block.</summary>
    public int PixelBytes => (IsSeparate ? 1 : Samples) * Depth / 8;
}
