using SkiaSharp;

namespace MLSegmentation;

/// <summary>Finds out of which format a file is, by its first bytes, and reads its header.</summary>
internal static class ImageFormats
{
    /// <summary>The usual extension of a file; null where it is of none of the formats that are read.</summary>
    public static string? ExtensionOf(ReadOnlySpan<byte> data) => PngFile.HasSignature(data) ? ".png"
        : JpegFile.HasSignature(data) ? ".jpg"
        : WebpFile.HasSignature(data) ? ".webp"
        : GifFile.HasSignature(data) ? ".gif"
        : BmpFile.HasSignature(data) ? ".bmp"
        : TiffReader.HasSignature(data) ? ".tif" : null;

    /// <param name="data">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated or damaged, of another format or kind than those that are read, or has too many pixels.
    /// </exception>
    public static EncodedImage Parse(ArraySegment<byte> data, string name, SampleRange? range)
    {
        ImageFile.CheckNotEmpty(data, name);
        if (PngFile.HasSignature(data)) return PngDecoder.Open(PngFile.Parse(data, name), range);
        if (JpegFile.HasSignature(data))
        {
            var jpeg = JpegFile.Parse(data, name);
            (int width, int height) = (jpeg.Frame.Width, jpeg.Frame.Height);
            return new EncodedImage(
                name, width, height, jpeg.Origin, jpeg.DecoderBytes,
                leastSize => SkiaDecoder.Decode(jpeg.Rebuild(), SKEncodedImageFormat.Jpeg, width, height, name, leastSize));
        }
        if (WebpFile.HasSignature(data))
        {
            var webp = WebpFile.Parse(data, name);
            return new EncodedImage(
                name, webp.Width, webp.Height, webp.Origin, webp.DecoderBytes,
                _ => SkiaDecoder.Decode(
                    webp.Rebuild(), SKEncodedImageFormat.Webp, webp.Width, webp.Height, name, leastSize: null));
        }
        if (GifFile.HasSignature(data))
        {
            var gif = GifFile.Parse(data, name);
            return new EncodedImage(name, gif.Width, gif.Height, SKEncodedOrigin.TopLeft, 0, _ => GifReader.Read(gif));
        }
        if (BmpFile.HasSignature(data)) return BmpReader.Open(BmpFile.Parse(data, name), name);
        if (TiffReader.HasSignature(data)) return TiffImage.Parse(data, name, range);
        throw new InvalidDataException(
            $"The image file '{name}' {ForeignFormat.Describe(data)}, expected JPEG, PNG, TIFF, BMP, GIF or WebP. Convert it to "
            + "PNG or JPEG, or remove it.");
    }
}
