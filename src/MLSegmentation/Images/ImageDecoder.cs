using System.Buffers;
using System.Buffers.Binary;
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
    private const int RiffHeader = 8;

    /// <summary>Decodes an image file.</summary>
    /// <param name="path">A JPEG, PNG, BMP, GIF (its first picture) or WebP file; its extension does not matter.</param>
    /// <returns>
    /// The image, upright as its EXIF orientation says, in 32 bits a pixel with straight (not premultiplied) alpha; its
    /// <see cref="MLImage.Tag"/> is the path. Gray is r = g = b, 16 bits are rounded to 8, CMYK is converted without a colour
    /// profile; embedded profiles are not applied. The caller disposes it.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format, or has more than 400 million pixels.
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
            // Parsing checks every chunk, which the decoder below does not, and costs a small part of the decoding.
            var png = PngFile.Parse(data, name);
            if (png.Header.BitDepth == 16) return DecodePng16(png);
        }
        else if (JpegFile.HasSignature(data) && !JpegFile.HasEnd(data))
        {
            throw Damaged(name, $"ends after {data.Length} bytes without a JPEG end marker");
        }
        else if (IsWebp(data) && data.Length < RiffHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(4)))
        {
            throw Damaged(name, $"ends after {data.Length} bytes, before the size that its WebP header states");
        }
        return DecodeWithSkia(data, name);
    }

    private static bool IsWebp(ReadOnlySpan<byte> data) =>
        data.Length >= 12 && data.StartsWith("RIFF"u8) && data[RiffHeader..].StartsWith("WEBP"u8);

    private static unsafe MLImage DecodeWithSkia(byte[] data, string name)
    {
        fixed (byte* pointer = data)
        {
            using SKData source = SKData.Create((nint)pointer, data.Length);
            using SKCodec codec = SKCodec.Create(source) ?? throw new InvalidDataException(
                $"The image file '{name}' is of no known format or its header is damaged (it starts with {ImageFile.Start(data)}), expected "
                + "JPEG, PNG, BMP, GIF or WebP. Convert it to PNG, copy it again, or remove it.");
            ImageLimit.Check(codec.Info.Width, codec.Info.Height, name);

            // Without a colour space the pixels are the file's own values, as training and every other library see them.
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
            byte[] pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
            try
            {
                SKCodecResult result;
                fixed (byte* target = pixels) result = codec.GetPixels(info, (nint)target);
                if (result != SKCodecResult.Success) throw Damaged(name, $"cannot be decoded to its end ({result})");
                return Upright(pixels.AsSpan(0, info.BytesSize), info.Width, info.Height, codec.EncodedOrigin);
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

    private static MLImage DecodePng16(PngFile file)
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
        return MLImage.CreateFromPixels(header.Width, header.Height, MLPixelFormat.Bgra32, pixels);
    }

    private static InvalidDataException Damaged(string name, string what) =>
        new($"The image file '{name}' {what}: it is truncated or damaged. Copy or download it again, or remove it.");
}
