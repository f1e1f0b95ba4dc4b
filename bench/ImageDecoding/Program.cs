using System.Globalization;
using Microsoft.ML.Data;
using MLSegmentation;
using SkiaSharp;

// The least processor time of some rounds to decode each file of a folder into an MLImage, here and by Skia: a busy machine gives
// the same.
const int Rounds = 25;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine("file, ms here, ms by Skia, ratio");
foreach (string file in Directory.GetFiles(args[0]).Order(StringComparer.Ordinal))
{
    byte[] data = File.ReadAllBytes(file);
    double here = double.MaxValue, skia = double.MaxValue;
    for (int round = 0; round < Rounds; round++)
    {
        here = Math.Min(here, Milliseconds(() => ImageDecoder.Decode(data, file)));
        skia = Math.Min(skia, Milliseconds(() => DecodeWithSkia(data)));
    }
    Console.WriteLine($"{Path.GetFileName(file)}, {here:F1}, {skia:F1}, {here / skia:F2}");
}

static double Milliseconds(Func<MLImage> decode)
{
    TimeSpan before = Environment.CpuUsage.TotalTime;
    decode().Dispose();
    return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
}

static MLImage DecodeWithSkia(byte[] data)
{
    using SKData source = SKData.CreateCopy(data);
    using SKCodec codec = SKCodec.Create(source);
    var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
    using var bitmap = new SKBitmap(info);
    codec.GetPixels(info, bitmap.GetPixels());
    return MLImage.CreateFromPixels(info.Width, info.Height, MLPixelFormat.Bgra32, bitmap.GetPixelSpan());
}
