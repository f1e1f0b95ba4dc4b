using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Images;

/// <summary>
/// Decodes image files into upright 8-bit colour images with straight alpha. Where ML.NET's LoadImages gives black pixels for a
/// truncated file, ignores the EXIF orientation, cuts 16 bits and multiplies colours with alpha, this does not.
/// </summary>
public static class ImageDecoder
{
    private const int BytesPerPixel = 4;

    private static readonly SKEncodedImageFormat[] _formats =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Gif, SKEncodedImageFormat.Webp];

    /// <summary>Decodes an image file.</summary>
    /// <param name="path">A JPEG, PNG, BMP, GIF (its first picture) or WebP file; its extension does not matter.</param>
    /// <returns>
    /// The image, upright as its EXIF orientation says, in 32 bits a pixel with straight (not premultiplied) alpha; its
    /// <see cref="MLImage.Tag"/> is the path. Gray is r = g = b, 16 bits are rounded to 8, CMYK is converted without a colour
    /// profile; embedded profiles are not applied. The caller disposes it.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format, or has more than 400 million pixels. A bit that flipped is found in PNG,
    /// whose chunks have checksums; elsewhere only where it breaks the format (in JPEG: a marker, a table, a restart marker's order).
    /// </exception>
    public static MLImage Decode(string path) => Decode(ImageFile.ReadAllBytes(path), path);

    /// <summary>Decodes an image from the bytes of its file.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="name">The file's name, for errors and <see cref="MLImage.Tag"/>.</param>
    /// <returns>As <see cref="Decode(string)"/>.</returns>
    /// <exception cref="InvalidDataException">As <see cref="Decode(string)"/>.</exception>
    public static MLImage Decode(byte[] data, string name)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(name);
        ImageFile.CheckNotEmpty(data, name);
        MLImage image = DecodePixels(data, name);
        image.Tag = name;
        return image;
    }

    private static MLImage DecodePixels(byte[] data, string name)
    {
        if (PngFile.HasSignature(data))
        {
            // Parsing checks every chunk, which Skia does not, and costs a small part of the decoding.
            var png = PngFile.Parse(data, name);
            SKEncodedOrigin origin = ExifOrientation.Read(png.Exif.Span);
            return png.Header.BitDepth == 16 ? DecodePng16(png, origin) : DecodeWithSkia(data, name, origin);
        }
        if (WebpFile.HasSignature(data))
        {
            return WebpFile.HasEnd(data) ? DecodeWithSkia(data, name, ExifOrientation.Read(WebpFile.Exif(data)))
                : throw Damaged(name, $"ends after {data.Length} bytes, before the size that its WebP header states");
        }
        if (JpegFile.HasSignature(data) && JpegFile.FindDamage(data) is { } damage) throw Damaged(name, damage);
        if (BmpFile.HasSignature(data) && !BmpFile.HasPixels(data))
            throw Damaged(name, $"has {data.Length} bytes, too few for the pixels that its BMP header states");
        return DecodeWithSkia(data, name, origin: null);
    }

    private static unsafe MLImage DecodeWithSkia(byte[] data, string name, SKEncodedOrigin? origin)
    {
        fixed (byte* pointer = data)
        {
            using SKData source = SKData.Create((nint)pointer, data.Length);
            using SKCodec? codec = SKCodec.Create(source);

            // Skia also takes formats with next to no signature, such as WBMP: noise would become an image.
            if (codec is null || !_formats.Contains(codec.EncodedFormat))
            {
                throw new InvalidDataException(
                    $"The image file '{name}' is of no known format or its header is damaged (it starts with {ImageFile.Start(data)}), expected "
                    + "JPEG, PNG, BMP, GIF or WebP. Convert it to PNG, copy it again, or remove it.");
            }
            ImageLimit.Check(codec.Info.Width, codec.Info.Height, name);

            // Without a colour space the pixels are the file's own values, as training and every other library see them.
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
            byte[] pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
            try
            {
                SKCodecResult result;
                fixed (byte* target = pixels) result = codec.GetPixels(info, (nint)target);
                if (result != SKCodecResult.Success) throw Damaged(name, $"cannot be decoded to its end ({result})");
                return Upright(pixels.AsSpan(0, info.BytesSize), info.Width, info.Height, origin ?? codec.EncodedOrigin);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(pixels);
            }
        }
    }

    private static MLImage Upright(ReadOnlySpan<byte> pixels, int width, int height, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
        byte[] upright = ArrayPool<byte>.Shared.Rent(pixels.Length);
        try
        {
            Span<byte> turned = upright.AsSpan(0, pixels.Length);
            PixelOrder.Apply(MemoryMarshal.Cast<byte, uint>(pixels), width, height, origin, MemoryMarshal.Cast<byte, uint>(turned));
            (int turnedWidth, int turnedHeight) = PixelOrder.SwapsSides(origin) ? (height, width) : (width, height);
            return MLImage.CreateFromPixels(turnedWidth, turnedHeight, MLPixelFormat.Bgra32, turned);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(upright);
        }
    }

    private static MLImage DecodePng16(PngFile file, SKEncodedOrigin origin)
    {
        PngImage image = PngReader.Read(file);
        PngHeader header = file.Header;
        var colours = new PngColours(image);
        var pixels = new byte[header.Width * header.Height * BytesPerPixel];
        for (int i = 0; i < header.Width * header.Height; i++)
        {
            Span<byte> pixel = pixels.AsSpan(i * BytesPerPixel, BytesPerPixel);
            (pixel[2], pixel[1], pixel[0]) = colours[i];
            pixel[3] = colours.Alpha(i);
        }
        return Upright(pixels, header.Width, header.Height, origin);
    }

    private static InvalidDataException Damaged(string name, string what) =>
        new($"The image file '{name}' {what}: it is truncated or damaged. Copy or download it again, or remove it.");
}
