using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>
/// A folder of one test, deleted after it: four pictures a, b, c and d with masks of the classes 0 and 1, without a fault until a
/// test makes one.
/// </summary>
internal sealed class CheckedFolder : IDisposable
{
    public const int Width = 48, Height = 36;

    private readonly string _path = Directory.CreateTempSubdirectory("mlsegmentation-checks-").FullName;

    public CheckedFolder()
    {
        Directory.CreateDirectory(Path.Combine(_path, "images"));
        Directory.CreateDirectory(Path.Combine(_path, "masks"));
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            using SKBitmap picture = Picture(name[0]);
            Save(picture, ImagePath(name));
            WriteMask(name, (x, _) => (byte)(x < Width / 2 ? 0 : 1));
        }
    }

    public string Images => Path.Combine(_path, "images");

    public string Masks => Path.Combine(_path, "masks");

    public string ImagePath(string name, string extension = ".png") => Path.Combine(Images, name + extension);

    public string MaskPath(string name, string extension = ".png") => Path.Combine(Masks, name + extension);

    /// <summary>A split of a and b for training, c and d for a test, unless told otherwise.</summary>
    public string Split(params string[] lines)
    {
        string path = Path.Combine(_path, "split.csv");
        File.WriteAllLines(path, ["name,split", .. lines.Length > 0 ? lines : ["a,train", "b,train", "c,test", "d,test"]]);
        return path;
    }

    /// <summary>Writes a mask of indices.</summary>
    public void WriteMask(string name, Func<int, int, byte> label, int width = Width, int height = Height)
    {
        byte[] labels = [.. Enumerable.Range(0, width * height).Select(i => label(i % width, i / width))];
        PngWriter.WriteIndexed(MaskPath(name), labels, width, height, Palette.Voc(256));
    }

    /// <summary>Writes a mask in two colours.</summary>
    public void WriteColourMask(string name, byte red)
    {
        byte[] rgb =
            [.. Enumerable.Range(0, Width * Height).SelectMany(i => new byte[] { i % Width < Width / 2 ? (byte)0 : red, 0, 0 })];
        using MLImage image = TestImages.Image(Width, Height, rgb);
        PngWriter.WriteRgb(MaskPath(name), image);
    }

    /// <summary>Checks what is in the folder.</summary>
    public DataReport Run(IReadOnlyList<string>? classNames = null, ReadMasksOptions? masks = null, string? split = null) =>
        SegmentationDataCheck.Run(SegmentationDataCheck.Find(Images, Masks, split), classNames, masks);

    /// <summary>A picture with something to recognise in every corner; another seed, another picture.</summary>
    public static SKBitmap Picture(int seed, int width = Width, int height = Height)
    {
        var random = new Random(seed);
        var picture = new SKBitmap(width, height);
        using var canvas = new SKCanvas(picture);
        for (int spot = 0; spot < 40; spot++)
        {
            using var paint = new SKPaint { Color = new SKColor((uint)random.Next() | 0xFF000000) };
            canvas.DrawCircle(
                random.NextSingle() * width, random.NextSingle() * height, (0.1f + random.NextSingle() * 0.2f) * width, paint);
        }
        return picture;
    }

    /// <summary>The picture turned or mirrored: where pixel (x, y) of the new one is in the old.</summary>
    public static SKBitmap Turn(SKBitmap picture, bool isTransposed, bool mirrorsAcross, bool mirrorsDown)
    {
        var turned = isTransposed ? new SKBitmap(picture.Height, picture.Width) : new SKBitmap(picture.Width, picture.Height);
        for (int y = 0; y < turned.Height; y++)
        {
            for (int x = 0; x < turned.Width; x++)
            {
                (int u, int v) = isTransposed ? (y, x) : (x, y);
                turned.SetPixel(
                    x, y, picture.GetPixel(mirrorsAcross ? picture.Width - 1 - u : u, mirrorsDown ? picture.Height - 1 - v : v));
            }
        }
        return turned;
    }

    /// <summary>Writes a picture in the format of the file's extension.</summary>
    public static void Save(SKBitmap picture, string path, int quality = 90)
    {
        using SKData data = picture.Encode(
            Path.GetExtension(path) == ".jpg" ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, quality);
        File.WriteAllBytes(path, data.ToArray());
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
