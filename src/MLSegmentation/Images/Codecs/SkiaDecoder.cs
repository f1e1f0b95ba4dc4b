using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// Decodes JPEG and WebP with Skia, which is native code: it is given files that were put together anew from the checked parts
/// that make the pixels, and nothing else.
/// </summary>
internal static class SkiaDecoder
{
    /// <summary>Decodes a file as it is stored.</summary>
    /// <param name="file">The file, put together anew; disposed of.</param>
    /// <param name="format">What it is.</param>
    /// <param name="width">The width that its header states.</param>
    /// <param name="height">The height that it states.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="leastSize">The size wanted at least; null for the image's own.</param>
    /// <exception cref="InvalidDataException">Skia does not decode it to its end, or gives another size.</exception>
    public static unsafe DecodedImage Decode(
        ImageFileBytes file, SKEncodedImageFormat format, int width, int height, string name, (int Width, int Height)? leastSize)
    {
        using (file)
            fixed (byte* pointer = file.Content.AsSpan())
            {
                using SKData source = SKData.Create((nint)pointer, file.Content.Count);
                using SKCodec codec = SKCodec.Create(source)
                    ?? throw ImageFile.Damaged(name, $"has a {format} header that cannot be decoded");
                if (codec.EncodedFormat != format || codec.Info.Size != new SKSizeI(width, height))
                {
                    throw ImageFile.Damaged(
                        name, $"decodes to {codec.EncodedFormat} of {codec.Info.Width}×{codec.Info.Height} pixels, but "
                            + $"states {format} of {width}×{height}");
                }
                SKSizeI size = leastSize is { } least ? ReducedSize(codec, least.Width, least.Height) : codec.Info.Size;
                return DecodedImage.Fill(
                    size.Width, size.Height,
                    pixels =>
                    {
                        // Whatever Skia leaves out is transparent black, and no other image's.
                        pixels.Clear();

                        // Without a colour space the pixels are the file's own values, as training and every other library see
                        // them.
                        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
                        if (info.BytesSize64 != (long)pixels.Length * sizeof(uint) || info.RowBytes != size.Width * sizeof(uint))
                        {
                            throw new InvalidOperationException(
                                $"Skia has {info.BytesSize64} bytes for {size.Width}×{size.Height} pixels.");
                        }
                        fixed (uint* target = pixels)
                        {
                            SKCodecResult result = codec.GetPixels(info, (nint)target, info.RowBytes, SKCodecOptions.Default);
                            if (result != SKCodecResult.Success)
                                throw ImageFile.Damaged(name, $"cannot be decoded to its end ({result})");
                        }
                    },
                    (width, height));
            }
    }

    /// <summary>The smallest of 1/8, 1/4 and 1/2 of the size that is no smaller than wanted, else the size itself.</summary>
    private static SKSizeI ReducedSize(SKCodec codec, int width, int height)
    {
        foreach (float scale in (ReadOnlySpan<float>)[1f / 8, 1f / 4, 1f / 2])
        {
            SKSizeI reduced = codec.GetScaledDimensions(scale);
            if (reduced.Width >= width && reduced.Height >= height) return reduced;
        }
        return codec.Info.Size;
    }
}
