using System.Runtime.InteropServices;
using SkiaSharp;

namespace MLSegmentation.SampleGenerator;

/// <summary>Writes the set: images/*.jpg, masks/*.png (gray, each value a class), split.csv and classes.txt.</summary>
internal static class SampleWriter
{
    private const int JpegQuality = 85;

    public static void Write(string folder)
    {
        string images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        string masks = Directory.CreateDirectory(Path.Combine(folder, "masks")).FullName;
        for (int index = 0; index < SampleSet.Count; index++)
        {
            Canvas canvas = SampleSet.Draw(index);
            File.WriteAllBytes(Path.Combine(images, SampleSet.Name(index) + ".jpg"), EncodeImage(canvas));
            File.WriteAllBytes(Path.Combine(masks, SampleSet.Name(index) + ".png"), EncodeMask(canvas));
        }
        WriteLines(folder, "split.csv",
            ["name,split", .. Enumerable.Range(0, SampleSet.Count).Select(i => $"{SampleSet.Name(i)},{SampleSet.Part(i)}")]);
        WriteLines(folder, "classes.txt",
            Enum.GetValues<SurfaceClass>().Select(one => $"{(byte)one} {one.ToString().ToLowerInvariant()}"));
    }

    public static byte[] EncodeImage(Canvas canvas) =>
        Encode(canvas.ToRgba(), new SKImageInfo(canvas.Width, canvas.Height, SKColorType.Rgba8888, SKAlphaType.Opaque),
            SKEncodedImageFormat.Jpeg);

    public static byte[] EncodeMask(Canvas canvas) =>
        Encode(canvas.Mask, new SKImageInfo(canvas.Width, canvas.Height, SKColorType.Gray8, SKAlphaType.Opaque),
            SKEncodedImageFormat.Png);

    private static byte[] Encode(byte[] pixels, SKImageInfo info, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(info);
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using SKData data = bitmap.Encode(format, JpegQuality);
        return data.ToArray();
    }

    /// <summary>Lines end in a line feed on every system, so that the files are the same everywhere.</summary>
    private static void WriteLines(string folder, string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(folder, name), string.Concat(lines.Select(line => line + "\n")));
}
