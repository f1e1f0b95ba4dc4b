using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>Pixels on their way into pictures and out of them.</summary>
internal static class PicturePixels
{
    /// <summary>Red, green, blue and alpha of each pixel of an image.</summary>
    public static byte[] Rgba(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        if (image.PixelFormat == MLPixelFormat.Rgba32) return pixels;
        for (int i = 0; i < pixels.Length; i += 4) (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        return pixels;
    }

    /// <summary>A picture as the bytes of a PNG file, without its alpha.</summary>
    public static byte[] EncodePng(SKBitmap picture)
    {
        ReadOnlySpan<byte> rgba = picture.GetPixelSpan();
        var rgb = new byte[rgba.Length / 4 * 3];
        for (int i = 0; i < rgb.Length / 3; i++) rgba.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        return PngWriter.EncodeRgb(rgb, picture.Width, picture.Height);
    }
}
