using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>What the samples of a TIFF's pixels are: how many, of how many bits, what numbers, and what they mean.</summary>
internal sealed record TiffSamples
{
    private const int Cmyk = 1;

    /// <summary>Gray, RGB, palette, CMYK or YCbCr; YCbCr in a JPEG is decoded to RGB.</summary>
    public required Photometric Colour { get; init; }

    /// <summary>Whether it is YCbCr that decoding a JPEG makes RGB of.</summary>
    public bool IsYCbCrInJpeg { get; init; }

    /// <summary>Bits a sample: 1 to 16, 24, 32 or 64.</summary>
    public required int Depth { get; init; }

    /// <summary>Unsigned or signed integers, or floating point.</summary>
    public required SampleFormat Format { get; init; }

    /// <summary>Samples a pixel, of which the first <see cref="Colours"/> are read.</summary>
    public required int Count { get; init; }

    /// <summary>Whether each sample of a pixel is in a block of its own.</summary>
    public required bool IsSeparate { get; init; }

    /// <summary>How many pixels share one value of colour, across and down: 1 and 1 for all but YCbCr.</summary>
    public (int Across, int Down) Subsampling { get; init; } = (1, 1);

    /// <summary>Samples that make a pixel's colour.</summary>
    public int Colours => Colour switch { Photometric.RGB or Photometric.YCBCR => 3, Photometric.SEPARATED => 4, _ => 1 };

    /// <summary>Samples of a pixel in one block.</summary>
    public int PerBlock => IsSeparate ? 1 : Count;

    /// <summary>Blocks that are read for each place.</summary>
    public int Planes => IsSeparate ? Colours : 1;

    /// <summary>Blocks that are stored for each place.</summary>
    public int StoredPlanes => IsSeparate ? Count : 1;

    /// <summary>Bytes that a sample takes once it is unpacked: 1, 2, 4 or 8.</summary>
    public int Bytes => Depth switch { <= 8 => 1, <= 16 => 2, <= 32 => 4, _ => 8 };

    /// <summary>Reads and checks the fields.</summary>
    /// <exception cref="InvalidDataException">The samples are of a kind that is not read.</exception>
    public static TiffSamples Read(TiffDirectory directory, Compression compression)
    {
        int Uniform(TiffTag tag, int fallback, string what)
        {
            long[] values = directory.Numbers(tag) ?? [fallback];
            if (values.Any(value => value != values[0]))
                throw directory.Unsupported($"has samples of different {what} ({string.Join(", ", values.Take(8))})");
            return (int)Math.Clamp(values[0], 0, ushort.MaxValue);
        }
        int count = directory.Number(TiffTag.SAMPLESPERPIXEL, 1);
        var colour = (Photometric)directory.Number(TiffTag.PHOTOMETRIC, -1);
        var format = (SampleFormat)Uniform(TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT, "formats");
        bool isJpeg = compression == Compression.JPEG, isFax = TiffCompression.IsFax(compression);
        if (format == SampleFormat.VOID) format = SampleFormat.UINT;
        var samples = new TiffSamples
        {
            Colour = colour,
            Depth = Uniform(TiffTag.BITSPERSAMPLE, 1, "depths"),
            Format = format,
            Count = count,
            IsSeparate =
                count > 1 && directory.Number(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) == (int)PlanarConfig.SEPARATE,
        };
        if (count > ushort.MaxValue || !samples.IsKnown
            || (isJpeg && (samples.Depth != 8 || count != samples.Colours || samples.Colours > 3))
            || (isFax && (samples.Depth, count) != (1, 1)))
        {
            throw directory.Unsupported(
                $"has {count} samples a pixel of {samples.Depth} bits, of the format {format} and the photometric "
                + $"interpretation {colour}"
                + (isJpeg || isFax ? $", compressed as {compression}" : ""));
        }
        if (colour == Photometric.SEPARATED && directory.Number(TiffTag.INKSET, Cmyk) != Cmyk)
            throw directory.Unsupported("has inks other than CMYK");
        if (colour != Photometric.YCBCR) return samples;
        if (isJpeg)
        {
            return samples.IsSeparate
                ? throw directory.Unsupported("has YCbCr in planes of JPEG")
                : samples with { Colour = Photometric.RGB, IsYCbCrInJpeg = true };
        }
        long[] shared = directory.Numbers(TiffTag.YCBCRSUBSAMPLING) is { Length: 2 } given ? given : [2, 2];
        if (!shared.All(value => value is 1 or 2 or 4))
            throw directory.Damaged($"has YCbCr subsampled by {string.Join(" × ", shared)}");
        samples = samples with { Subsampling = ((int)shared[0], (int)shared[1]) };
        return samples.Subsampling == (1, 1) || (!samples.IsSeparate && count == 3)
            ? samples
            : throw directory.Unsupported("has subsampled YCbCr in planes or with more samples");
    }

    /// <summary>
    /// The bytes of so many rows of a block: rows begin with a byte; of subsampled YCbCr, pixels that share a colour are
    /// together.
    /// </summary>
    public long BytesOf(int width, int rows)
    {
        if (Subsampling == (1, 1)) return (((long)width * PerBlock * Depth) + 7) / 8 * rows;
        (int across, int down) = Subsampling;
        return (long)Parts(width, across) * Parts(rows, down) * ((across * down) + 2);
    }

    private bool IsKnown => Count >= Colours && Count > 0 && (Format, Depth) switch
    {
        (SampleFormat.UINT, >= 1 and <= 16 or 24 or 32 or 64) => Colour switch
        {
            Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB => true,
            Photometric.PALETTE => Depth <= 16,
            Photometric.SEPARATED => Depth is 8 or 16,
            Photometric.YCBCR => Depth == 8,
            _ => false,
        },
        (SampleFormat.INT, 8 or 16 or 32 or 64) or (SampleFormat.IEEEFP, 16 or 32 or 64) =>
            Colour is Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB,
        _ => false,
    };

    private static int Parts(int size, int part) => ((size - 1) / part) + 1;
}
