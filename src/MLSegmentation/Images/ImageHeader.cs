using SkiaSharp;

namespace MLSegmentation.Images;

/// <summary>Reads the size of an image without decoding it.</summary>
internal static class ImageHeader
{
    /// <summary>Width and height, upright as a JPEG's EXIF orientation says; null where the file cannot be read, which decoding will report.</summary>
    public static (int Width, int Height)? TryReadSize(string path)
    {
        using SKCodec? codec = SKCodec.Create(path);
        if (codec is null) return null;
        return PixelOrder.SwapsSides(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }
}
