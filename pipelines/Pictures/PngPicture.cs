using SkiaSharp;

namespace MLSegmentation.Pictures;

/// <summary>A white picture to draw on, and its PNG file.</summary>
internal static class PngPicture
{
    /// <summary>A white picture without transparency.</summary>
    public static SKBitmap Create(int width, int height)
    {
        var bitmap = new SKBitmap(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.White);
        return bitmap;
    }

    /// <summary>Writes the file once the whole picture is encoded, so that an error leaves none that is half written.</summary>
    public static void Write(string path, SKBitmap bitmap)
    {
        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 9))
            ?? throw new InvalidOperationException(
                $"A picture of {bitmap.Width}×{bitmap.Height} pixels could not be encoded for '{path}'.");
        File.WriteAllBytes(path, data.ToArray());
    }
}
