using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>Decodes sound files with Skia, which shares no code with the readers of PNG, BMP and GIF.</summary>
internal static class SkiaOracle
{
    /// <summary>Red, green, blue and straight alpha of each pixel.</summary>
    public static byte[] Rgba(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        Assert.AreEqual(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels()));
        return bitmap.Bytes;
    }
}
