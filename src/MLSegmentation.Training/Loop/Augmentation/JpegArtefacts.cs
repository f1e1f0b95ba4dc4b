using SkiaSharp;

namespace MLSegmentation.Training;

/// <summary>What a JPEG encoder loses: blocks, rings and coarse colours.</summary>
internal static class JpegArtefacts
{
    /// <summary>Encodes an image and decodes it, in place. The bytes are this encoder's own, never a stranger's.</summary>
    /// <param name="image">[height, width, channels], of 1 or 3 channels.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Values of a pixel; others than 1 and 3 stay as they are.</param>
    /// <param name="quality">1 to 100, as encoders count it.</param>
    /// <exception cref="InvalidOperationException">Skia could not encode or decode.</exception>
    public static void Apply(Span<byte> image, int width, int channels, int quality)
    {
        if (channels is not (1 or 3)) return;
        int stored = channels == 1 ? 1 : 4;
        var info = new SKImageInfo(
            width, image.Length / (width * channels), channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888,
            SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info, width * stored);
        Span<byte> pixels = PixelsOf(bitmap);
        Copy(image, channels, pixels, stored);
        using SKData encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality)
            ?? throw new InvalidOperationException($"An image of {info.Width}x{info.Height} could not be encoded as JPEG.");
        using SKCodec? codec = SKCodec.Create(encoded);
        if (codec?.GetPixels(info, bitmap.GetPixels()) != SKCodecResult.Success)
            throw new InvalidOperationException($"A JPEG of {info.Width}x{info.Height} just encoded could not be decoded.");
        Copy(pixels, stored, image, channels);
    }

    private static unsafe Span<byte> PixelsOf(SKBitmap bitmap) => new((void*)bitmap.GetPixels(), bitmap.ByteCount);

    private static void Copy(ReadOnlySpan<byte> source, int from, Span<byte> target, int to)
    {
        if (from == to)
        {
            source.CopyTo(target);
            return;
        }
        for (int i = 0, k = 0; k < target.Length; i += from, k += to)
        {
            (target[k], target[k + 1], target[k + 2]) = (source[i], source[i + 1], source[i + 2]);
            if (to == 4) target[k + 3] = byte.MaxValue;
        }
    }
}
