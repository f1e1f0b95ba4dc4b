using System.Runtime.InteropServices;
using SkiaSharp;

namespace Fuzzing.Images;

/// <summary>Files that Skia's encoders write, made once.</summary>
internal static class EncodedImages
{
    private const int Files = 24, LargestSide = 48;
    private static readonly Lazy<byte[][]> _jpeg = new(() => [.. Pictures().Select(Jpeg)]);
    private static readonly Lazy<byte[][]> _lossy = new(
        () => [.. Pictures().Select(picture => Webp(picture, SKWebpEncoderCompression.Lossy))]);
    private static readonly Lazy<byte[][]> _lossless = new(
        () => [.. Pictures().Select(picture => Webp(picture, SKWebpEncoderCompression.Lossless))]);

    public static byte[] Jpeg(FuzzRandom random) => [.. random.Pick<byte[]>(_jpeg.Value)];

    /// <summary>A WebP file of one VP8 chunk, and of one ALPH chunk where it has alpha.</summary>
    public static byte[] LossyWebp(FuzzRandom random) => [.. random.Pick<byte[]>(_lossy.Value)];

    /// <summary>A WebP file of one VP8L chunk.</summary>
    public static byte[] LosslessWebp(FuzzRandom random) => [.. random.Pick<byte[]>(_lossless.Value)];

    private static IEnumerable<SKImage> Pictures()
    {
        for (int i = 0; i < Files; i++)
        {
            var random = new FuzzRandom((ulong)i);
            int width = random.Between(1, LargestSide), height = random.Between(1, LargestSide), smooth = random.Pick(1, 4, 16);
            var pixels = new uint[width * height];
            for (int at = 0; at < pixels.Length; at++)
            {
                pixels[at] = (i & 1) == 0
                    ? (uint)((at % width / smooth * 0x051107) + (at / width * 0x030900)) | 0xFF000000
                    : (uint)random.Next();
            }
            yield return SKImage.FromPixelCopy(
                new SKImageInfo(width, height, SKColorType.Bgra8888, (i & 1) == 0 ? SKAlphaType.Opaque : SKAlphaType.Unpremul),
                MemoryMarshal.AsBytes<uint>(pixels).ToArray());
        }
    }

    private static byte[] Jpeg(SKImage picture, int index)
    {
        using SKPixmap pixels = picture.PeekPixels();
        var sampling = (SKJpegEncoderDownsample)(index % 3);
        using SKData data = pixels.Encode(new SKJpegEncoderOptions(index * 4, sampling, SKJpegEncoderAlphaOption.Ignore));
        return data.ToArray();
    }

    private static byte[] Webp(SKImage picture, SKWebpEncoderCompression compression)
    {
        using SKPixmap pixels = picture.PeekPixels();
        using SKData data = pixels.Encode(new SKWebpEncoderOptions(compression, 60));
        return data.ToArray();
    }
}
