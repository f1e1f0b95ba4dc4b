using SkiaSharp;

namespace MLSegmentation.Images;

/// <summary>Reads the size of an image without decoding it.</summary>
internal static class ImageHeader
{
    /// <summary>Width and height, upright as the orientation of a JPEG or TIFF says; null where the file cannot be read, which decoding will report.</summary>
    public static (int Width, int Height)? TryReadSize(string path) => SpecialFile.Describe(path) is null ? TryReadWithSkia(path) ?? TryReadTiff(path) : null;

    private static (int Width, int Height)? TryReadWithSkia(string path)
    {
        using SKCodec? codec = SKCodec.Create(path);
        if (codec is null) return null;
        return PixelOrder.SwapsSides(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    private static (int Width, int Height)? TryReadTiff(string path)
    {
        try
        {
            using FileStream file = ImageFile.OpenRead(path);
            byte[] start = new byte[TiffReader.SignatureLength];
            if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !TiffReader.HasSignature(start)) return null;
            return TiffImage.ReadSize(file, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
