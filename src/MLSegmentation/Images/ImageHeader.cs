using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MLSegmentation.Images;

/// <summary>Reads the size of an image without decoding it.</summary>
internal static class ImageHeader
{
    /// <summary>Width and height, upright as a JPEG's EXIF orientation says; null where the file cannot be read, which decoding will report.</summary>
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
            byte[] start = new byte[TiffRowReader.SignatureLength];
            if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !TiffRowReader.HasSignature(start)) return null;
            (Tiff tiff, TiffFile content) = TiffFile.Open(file, path);
            using (tiff)
            {
                var layout = new TiffLayout(tiff, content, path);
                return (layout.Width, layout.Height);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
