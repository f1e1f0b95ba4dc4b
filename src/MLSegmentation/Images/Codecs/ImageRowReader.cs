using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// Reads an image row by row from top to bottom, once: what is held does not grow with the image's height. For images that are
/// larger than memory; <see cref="ImageDecoder"/> decodes others as a whole.
/// </summary>
public abstract class ImageRowReader : IDisposable
{
    private const int BytesPerPixel = 3;

    /// <summary>A reader that stands before the first row.</summary>
    /// <param name="width">The image's width in pixels, at least 1.</param>
    /// <param name="height">Its height, at least 1.</param>
    protected ImageRowReader(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height) = (width, height);
    }

    /// <summary>The image's width in pixels.</summary>
    public int Width { get; }

    /// <summary>The image's height in pixels.</summary>
    public int Height { get; }

    /// <summary>The row that is read next, counted from 0; <see cref="Height"/> after the last.</summary>
    public int NextRow { get; private set; }

    /// <summary>
    /// Opens an image file. PNG without interlace is read by rows, and TIFF strip by strip or tile by tile. Both may have any
    /// number of rows of up to a million pixels. PNG that is interlaced, both where they are not stored upright, and what else
    /// <see cref="ImageDecoder"/> takes is decoded as a whole. That takes up to 400 million pixels.
    /// </summary>
    /// <param name="path">A PNG, TIFF, JPEG, BMP, GIF or WebP file; its extension does not matter.</param>
    /// <param name="range">As in <see cref="ImageDecoder.Decode(string, SampleRange?)"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format or too large. Damage to compressed pixels shows when they are
    /// read.
    /// </exception>
    public static ImageRowReader Open(string path, SampleRange? range = null)
    {
        FileStream file = ImageFile.OpenRead(path);
        try
        {
            var start = new byte[PngFile.Signature.Length];
            file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (TiffReader.HasSignature(start))
            {
                var tiff = TiffRowReader.Open(file, path, range);
                if (tiff.Layout.Orientation == SKEncodedOrigin.TopLeft) return tiff;
            }
            if (PngFile.HasSignature(start))
            {
                var png = PngFile.Parse(file, path);
                if (!png.Header.Interlaced && png.Origin == SKEncodedOrigin.TopLeft)
                {
                    ImageLimit.CheckRow(png.Header.Width, path);
                    return new PngRowReader(file, png, range);
                }
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Dispose();
        return new DecodedRowReader(ImageDecoder.Decode(path, range), isOwner: true);
    }

    /// <summary>Reads an image that is in memory; disposing the reader leaves the image.</summary>
    /// <param name="image">The image, of 32 bits a pixel.</param>
    /// <exception cref="ArgumentException">The image has another pixel format.</exception>
    public static ImageRowReader Over(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new DecodedRowReader(image, isOwner: false);
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="rgb">
    /// Receives red, green and blue of each pixel, 8 bits each, as many rows as it has room for. Gray is r = g = b, more bits are
    /// rounded, alpha is passed over. Its length is a multiple of 3 × <see cref="Width"/>.
    /// </param>
    /// <exception cref="ArgumentException">The length is none of whole rows, or of more rows than are left.</exception>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public void Read(Span<byte> rgb)
    {
        int rowBytes = BytesPerPixel * Width;
        if (rgb.Length % rowBytes != 0 || rgb.Length / rowBytes > Height - NextRow)
        {
            throw new ArgumentException(
                $"There is room for {rgb.Length} bytes, expected {BytesPerPixel} × {Width} for each of up to {Height - NextRow} "
                + "rows.", nameof(rgb));
        }
        for (; rgb.Length > 0; rgb = rgb[rowBytes..])
        {
            ReadRow(rgb[..rowBytes]);
            NextRow++;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the row <see cref="NextRow"/>.</summary>
    /// <param name="rgb">Receives red, green and blue of each of its pixels.</param>
    protected abstract void ReadRow(Span<byte> rgb);

    /// <summary>Frees what the reader holds.</summary>
    /// <param name="disposing">True: there is no finalizer unless a subclass adds one.</param>
    protected abstract void Dispose(bool disposing);
}
