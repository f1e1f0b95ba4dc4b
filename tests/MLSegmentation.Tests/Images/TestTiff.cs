using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

/// <summary>Writes TIFF files of every kind that is read.</summary>
internal sealed record TestTiff(int Width, int Height)
{
    public int Depth { get; init; } = 8;

    public Photometric Colour { get; init; } = Photometric.RGB;

    /// <summary>Samples a pixel.</summary>
    public int Samples { get; init; } = 3;

    public Compression Compression { get; init; } = Compression.NONE;

    public bool IsSeparate { get; init; }

    /// <summary>Width and height of a tile; 0 for strips.</summary>
    public int Tile { get; init; }

    public int StripRows { get; init; } = 1;

    public bool IsBigEndian { get; init; }

    public ushort[][]? Palette { get; init; }

    public FileType FileType { get; init; }

    /// <summary>The bytes of the file that <see cref="Write"/> writes.</summary>
    public byte[] ToBytes(ushort[] samples)
    {
        using var folder = new ImagesTestFolder();
        Write(folder["x.tif"], samples);
        return File.ReadAllBytes(folder["x.tif"]);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">Row by row, <see cref="Samples"/> a pixel.</param>
    public void Write(string path, ushort[] samples)
    {
        using Tiff tiff = Tiff.Open(path, IsBigEndian ? "wb" : "wl");
        tiff.SetField(TiffTag.IMAGEWIDTH, Width);
        tiff.SetField(TiffTag.IMAGELENGTH, Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, Depth);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, Samples);
        tiff.SetField(TiffTag.PHOTOMETRIC, Colour);
        tiff.SetField(TiffTag.COMPRESSION, Compression);
        tiff.SetField(TiffTag.PLANARCONFIG, IsSeparate ? PlanarConfig.SEPARATE : PlanarConfig.CONTIG);
        if (FileType != default) tiff.SetField(TiffTag.SUBFILETYPE, FileType);
        if (Palette is not null) tiff.SetField(TiffTag.COLORMAP, Palette[0], Palette[1], Palette[2]);
        if (Colour == Photometric.YCBCR) tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        (int blockWidth, int blockHeight) = Tile > 0 ? (Tile, Tile) : (Width, StripRows);
        if (Tile > 0)
        {
            tiff.SetField(TiffTag.TILEWIDTH, Tile);
            tiff.SetField(TiffTag.TILELENGTH, Tile);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, StripRows);
        }

        int block = 0;
        int[][] planes = IsSeparate
            ? [.. Enumerable.Range(0, Samples).Select(plane => new[] { plane })]
            : [[.. Enumerable.Range(0, Samples)]];
        foreach (int[] plane in planes)
        {
            for (int top = 0; top < Height; top += blockHeight)
            {
                // The last strip is cut off, the last tile is not.
                int rows = Tile > 0 ? blockHeight : Math.Min(blockHeight, Height - top);
                for (int left = 0; left < Width; left += blockWidth)
                {
                    byte[] bytes = [.. from y in Enumerable.Range(top, rows)
                                       from x in Enumerable.Range(left, blockWidth)
                                       from channel in plane
                                       from value in Bytes(
                                           y < Height && x < Width ? samples[(((y * Width) + x) * Samples) + channel] : (ushort)0)
                                       select value];
                    if (Tile > 0) tiff.WriteEncodedTile(block++, bytes, bytes.Length);
                    else tiff.WriteEncodedStrip(block++, bytes, bytes.Length);
                }
            }
        }
    }

    private byte[] Bytes(ushort sample) => Depth == 8 ? [(byte)sample] : BitConverter.GetBytes(sample);
}
