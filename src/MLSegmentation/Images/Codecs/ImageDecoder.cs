using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Decodes image files into upright 8-bit colour images with straight alpha. Where ML.NET's LoadImages gives black pixels for a
/// truncated file, ignores the EXIF orientation, cuts 16 bits and multiplies colours with alpha, this does not.
/// </summary>
public static class ImageDecoder
{
    /// <summary>Decodes an image file.</summary>
    /// <param name="path">
    /// A JPEG, PNG, TIFF or GIF (the first picture of these two), BMP or WebP file; its extension does not matter.
    /// </param>
    /// <param name="range">
    /// The values that become black and white where samples have more than 8 bits. Default null: the least and the greatest of
    /// their type.
    /// </param>
    /// <returns>
    /// The image, upright as its EXIF orientation says, in 32 bits a pixel with straight (not premultiplied) alpha; its
    /// <see cref="MLImage.Tag"/> is the path. Gray is r = g = b, 16 bits are rounded to 8, CMYK is converted without a colour
    /// profile; embedded profiles are not applied. Of a TIFF the alpha is passed over. The caller disposes it.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged or of an unknown format, has more than 400 million pixels, or takes more than 2 GB
    /// to decode. Or it is a TIFF of a kind that is not read. Its colours are other than gray, RGB, palettes, CMYK and YCbCr, its
    /// compression is one that the error names, or a strip has more than 512 MB. Where no range is given, it may have neither
    /// integers of more than 16 bits nor floating-point numbers beyond 0 to 1. A bit that flipped is found in PNG, whose chunks
    /// have checksums. Elsewhere it is found only where it breaks the format (in JPEG: a marker, a table, a restart marker's
    /// order).
    /// </exception>
    public static MLImage Decode(string path, SampleRange? range = null)
    {
        using DecodedImage pixels = DecodePixels(path, leastSize: null, range);
        return ToImage(pixels, path);
    }

    /// <summary>Decodes an image from the bytes of its file.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="name">The file's name, for errors and <see cref="MLImage.Tag"/>.</param>
    /// <param name="range">As in <see cref="Decode(string, SampleRange?)"/>.</param>
    /// <returns>As <see cref="Decode(string, SampleRange?)"/>.</returns>
    /// <exception cref="InvalidDataException">As <see cref="Decode(string, SampleRange?)"/>.</exception>
    public static MLImage Decode(byte[] data, string name, SampleRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(name);
        return Decode(new ArraySegment<byte>(data), name, range);
    }

    /// <inheritdoc cref="Decode(byte[], string, SampleRange?)"/>
    internal static MLImage Decode(ArraySegment<byte> data, string name, SampleRange? range)
    {
        using DecodedImage pixels = ImageFormats.Parse(data, name, range).Decode();
        return ToImage(pixels, name);
    }

    /// <summary>
    /// Decodes an image file's pixels, smaller than they are in full where a JPEG allows it and less is wanted.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="leastSize">
    /// The width and height wanted at least; null for the image's own. Limits and memory are counted by the image's own size also
    /// where less is wanted.
    /// </param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    internal static DecodedImage DecodePixels(string path, (int Width, int Height)? leastSize, SampleRange? range = null)
    {
        using OpenedImage file = ImageSource.OfFile(path).Open(range);
        return file.Decode(leastSize, madeBytes: 0);
    }

    private static MLImage ToImage(DecodedImage pixels, string name)
    {
        MLImage image = MLImage.CreateFromPixels(pixels.Width, pixels.Height, MLPixelFormat.Bgra32, pixels.Pixels);
        image.Tag = name;
        return image;
    }
}
