namespace MLSegmentation;

/// <summary>The largest image that is decoded: a few bytes of header must not claim all memory.</summary>
internal static class ImageLimit
{
    /// <summary>400 million pixels, 1.6 GB decoded.</summary>
    public const long Pixels = 400_000_000;

    /// <summary>The longest row of an image that is read by rows, 3 MB of colours; the number of its rows has no limit.</summary>
    public const int RowPixels = 1_000_000;

    /// <summary>The largest row of an image that is decoded as a whole, 64 MB: some are held beside the image.</summary>
    public const int MostRowBytes = 64 << 20;

    /// <summary>What a file of any size may claim, 4 MB decoded: some formats may leave out what is empty.</summary>
    private const long FreePixels = 1_000_000;

    /// <exception cref="InvalidDataException">The image is wider than <see cref="RowPixels"/>.</exception>
    public static void CheckRow(int width, string name)
    {
        if (width > RowPixels)
        {
            throw new InvalidDataException(
                $"The image '{name}' is {width} pixels wide, expected at most {RowPixels}. Cut it into parts.");
        }
    }

    /// <exception cref="InvalidDataException">The image has more pixels than <see cref="Pixels"/>.</exception>
    public static void Check(int width, int height, string name)
    {
        if ((long)width * height > Pixels)
        {
            throw new InvalidDataException(
                $"The image '{name}' has {width}×{height} pixels, expected at most {Pixels / 1_000_000} million. "
                + "Scale it down, cut it into parts, or score it with the sizing Tiled, which reads PNG without interlace and "
                + "TIFF by rows.");
        }
    }

    /// <exception cref="InvalidDataException">Decoding takes more than <see cref="ImageMemory.Bytes"/>.</exception>
    public static void CheckBytes(long bytes, int width, int height, string name)
    {
        if (bytes > ImageMemory.Bytes)
        {
            throw new InvalidDataException(
                $"The image '{name}' of {width}×{height} pixels takes {bytes >> 20} MB to decode, expected at "
                + $"most {ImageMemory.Bytes >> 20} MB. "
                + "Scale it down, cut it into parts, or save it as PNG without interlace that lies upright.");
        }
    }

    /// <summary>The bytes of a row.</summary>
    /// <param name="width">Its pixels.</param>
    /// <param name="bits">Bits a pixel.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">They are more than <see cref="MostRowBytes"/>.</exception>
    public static int RowBytes(int width, int bits, string name)
    {
        long bytes = (((long)width * bits) + 7) / 8;
        return bytes <= MostRowBytes ? (int)bytes
            : throw new InvalidDataException(
                $"The image '{name}' has rows of {width} pixels, {bytes} bytes, expected at most {MostRowBytes}. Cut it "
                + "into parts.");
    }

    /// <summary>Few bytes must not claim much memory.</summary>
    /// <param name="width">The width that the file claims.</param>
    /// <param name="height">The height that it claims.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="pixelsPerByte">The most pixels that its format can put into a byte.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">
    /// The file is too small for its pixels, and these are more than <see cref="FreePixels"/>.
    /// </exception>
    public static void CheckClaim(int width, int height, long bytes, long pixelsPerByte, string name)
    {
        long pixels = (long)width * height;
        if (pixels > FreePixels && pixels > bytes * pixelsPerByte)
            throw ImageFile.Damaged(name, $"has {bytes} bytes, too few for {width}×{height} pixels");
    }
}
