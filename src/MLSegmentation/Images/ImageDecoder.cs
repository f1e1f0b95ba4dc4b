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
    /// <param name="path">A JPEG, PNG, TIFF or GIF (the first picture of these two), BMP or WebP file; its extension does not matter.</param>
    /// <param name="range">The values that become black and white where samples have more than 8 bits. Default null: the least and the greatest of their type.</param>
    /// <returns>
    /// The image, upright as its EXIF orientation says, in 32 bits a pixel with straight (not premultiplied) alpha; its
    /// <see cref="MLImage.Tag"/> is the path. Gray is r = g = b, 16 bits are rounded to 8, CMYK is converted without a colour
    /// profile; embedded profiles are not applied. Of a TIFF the alpha is passed over. The caller disposes it.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format, has more than 400 million pixels, or is a TIFF of a kind that is not read:
    /// with other colours than gray, RGB, palettes, CMYK and YCbCr, with a compression that its error names, with strips of more than 512 MB, with
    /// integers of more than 16 bits where no range is given, or with floating-point numbers beyond 0 to 1 where none is. A bit that flipped is found in PNG,
    /// whose chunks have checksums; elsewhere only where it breaks the format (in JPEG: a marker, a table, a restart marker's order).
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
        using DecodedImage pixels = DecodePixels(data, name, leastSize: null, range);
        return ToImage(pixels, name);
    }

    /// <summary>Decodes an image file's pixels, smaller than they are in full where a JPEG allows it and less is wanted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="leastSize">The width and height wanted at least, for the image's own; null for the image's own.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for that of their type.</param>
    internal static DecodedImage DecodePixels(string path, Func<int, int, (int Width, int Height)>? leastSize, SampleRange? range = null)
    {
        using var file = ImageFileBytes.Read(path);
        return DecodePixels(file.Content, path, leastSize, range);
    }

    private static MLImage ToImage(DecodedImage pixels, string name)
    {
        MLImage image = MLImage.CreateFromPixels(pixels.Width, pixels.Height, MLPixelFormat.Bgra32, pixels.Pixels);
        image.Tag = name;
        return image;
    }

    /// <summary>Decodes the pixels of the bytes of an image file, likewise.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="leastSize">As above.</param>
    /// <param name="range">As above.</param>
    internal static DecodedImage DecodePixels(ArraySegment<byte> data, string name, Func<int, int, (int Width, int Height)>? leastSize, SampleRange? range = null)
    {
        ImageFile.CheckNotEmpty(data, name);
        if (PngFile.HasSignature(data))
        {
            var png = PngFile.Parse(data, name);
            return PngDecoder.Read(png, range).Upright(ExifOrientation.Read(png.Exif.Span));
        }
        if (WebpFile.HasSignature(data))
        {
            return WebpFile.HasEnd(data) ? DecodeWithSkia(data, name, ExifOrientation.Read(WebpFile.Exif(data)), leastSize: null)
                : throw ImageFile.Damaged(name, $"ends after {data.Count} bytes, before the size that its WebP header states");
        }
        if (TiffReader.HasSignature(data)) return TiffImage.Read(data, name, range);
        if (JpegFile.HasSignature(data) && JpegFile.FindDamage(data) is { } damage) throw ImageFile.Damaged(name, damage);
        if (GifFile.HasSignature(data)) return GifReader.Read(GifFile.Parse(data, name));
        if (BmpFile.HasSignature(data)) return BmpReader.Read(BmpFile.Parse(data, name));
        return DecodeWithSkia(data, name, origin: null, JpegFile.HasSignature(data) ? leastSize : null);
    }

    private static unsafe DecodedImage DecodeWithSkia(ReadOnlySpan<byte> data, string name, SKEncodedOrigin? origin, Func<int, int, (int Width, int Height)>? leastSize)
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
                    + "JPEG, PNG, TIFF, BMP, GIF or WebP. Convert it to PNG, copy it again, or remove it.");
            }
            ImageLimit.Check(codec.Info.Width, codec.Info.Height, name);
            SKEncodedOrigin orientation = origin ?? codec.EncodedOrigin;
            SKSizeI size = leastSize is null ? codec.Info.Size : ReducedSize(codec, orientation, leastSize);

            // Without a colour space the pixels are the file's own values, as training and every other library see them.
            var info = new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
            byte[] pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
            SKCodecResult result;
            fixed (byte* target = pixels) result = codec.GetPixels(info, (nint)target);
            if (result == SKCodecResult.Success) return Upright(pixels, size, codec.Info.Size, orientation);
            ArrayPool<byte>.Shared.Return(pixels);
            throw ImageFile.Damaged(name, $"cannot be decoded to its end ({result})");
        }
    }

    /// <summary>The smallest of 1/8, 1/4 and 1/2 of the size that is no smaller than wanted, else the size itself.</summary>
    private static SKSizeI ReducedSize(SKCodec codec, SKEncodedOrigin origin, Func<int, int, (int Width, int Height)> leastSize)
    {
        SKSizeI full = codec.Info.Size;
        bool isTurned = PixelOrder.SwapsSides(origin);
        (int width, int height) = isTurned ? leastSize(full.Height, full.Width) : leastSize(full.Width, full.Height);
        if (isTurned) (width, height) = (height, width);
        foreach (float scale in (ReadOnlySpan<float>)[1f / 8, 1f / 4, 1f / 2])
        {
            SKSizeI reduced = codec.GetScaledDimensions(scale);
            if (reduced.Width >= width && reduced.Height >= height) return reduced;
        }
        return full;
    }

    /// <summary>Takes over the pixels, turned where they are not upright.</summary>
    private static DecodedImage Upright(byte[] pixels, SKSizeI size, SKSizeI full, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return new DecodedImage(pixels, size.Width, size.Height, full.Width, full.Height);
        int length = size.Width * size.Height * BytesPerPixel;
        byte[] turned = ArrayPool<byte>.Shared.Rent(length);
        PixelOrder.Apply<uint>(
            MemoryMarshal.Cast<byte, uint>(pixels.AsSpan(0, length)), size.Width, size.Height, origin, MemoryMarshal.Cast<byte, uint>(turned.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(pixels);
        return PixelOrder.SwapsSides(origin)
            ? new DecodedImage(turned, size.Height, size.Width, full.Height, full.Width)
            : new DecodedImage(turned, size.Width, size.Height, full.Width, full.Height);
    }
}
