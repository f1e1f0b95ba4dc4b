// Writes an image of SIDE × SIDE pixels row by row, segments it in tiles into a mask file, and checks the mask row by row. Prints
// the seconds of the segmentation and the process's peak of memory in MiB. The network is as small as can be, a convolution of
// 1×1 and a softmax, so that the figures are those of reading, tiling, blending and writing; MODEL.onnx is segmented with
// instead, and its mask not checked.
using System.Diagnostics;
using System.Globalization;
using MLSegmentation;
using MLSegmentation.Training.Onnx;

if (args.Length is 0 or > 2 || !int.TryParse(args[0], CultureInfo.InvariantCulture, out int side) || side < 1)
{
    Console.Error.WriteLine("Usage: LargeImage SIDE [MODEL.onnx]");
    return 2;
}
string folder = Directory.CreateTempSubdirectory("large-image-").FullName;
try
{
    string image = Path.Combine(folder, "image.png"), mask = Path.Combine(folder, "mask.png");
    TestPattern.Write(image, side);
    var tiled = new SegmentationModelOptions { Sizing = ImageSizing.Tiled };
    using var segmentation = args.Length == 2
        ? SegmentationModel.Load(args[1], tiled)
        : SegmentationModel.Load(BrightestChannel(), tiled);
    long start = Stopwatch.GetTimestamp();
    segmentation.Segment(image, mask);
    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    using Process process = Process.GetCurrentProcess();
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} {process.PeakWorkingSet64 / (double)(1 << 20):F0}"));
    return args.Length == 2 || TestPattern.IsMask(mask, segmentation.Palette) ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static byte[] BrightestChannel()
{
    const float Sharpness = 1f / 32;
    var graph = new OnnxGraphBuilder("brightest");
    string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
    string weights = graph.Initializer("weights", [3, 3, 1, 1], [Sharpness, 0, 0, 0, Sharpness, 0, 0, 0, Sharpness]);
    string logits = graph.Node("Conv", [image, weights], ("kernel_shape", new long[] { 1, 1 }));
    graph.Output("probabilities", graph.Node("Softmax", [logits], ("axis", 1L)), OnnxElementType.Float, "N", 3, "H", "W");
    return graph.ToModel(
        new ImageModelMetadata
        {
            Task = "segmentation",
            Network = "brightest",
            ClassNames = ["red", "green", "blue"],
        }.ToProperties());
}

/// <summary>Squares whose pixels are reddish, greenish or bluish, in 64 shades.</summary>
internal static class TestPattern
{
    private const int Classes = 3, Shades = 64, Square = 100;

    private static readonly Rgb[] _palette = [.. Enumerable.Range(0, Classes * Shades).Select(index =>
    {
        (byte shade, byte bright) = ((byte)(index / Classes), (byte)(150 + (index / Classes)));
        return (index % Classes) switch
        {
            0 => new Rgb(bright, shade, shade),
            1 => new Rgb(shade, bright, shade),
            _ => new Rgb(shade, shade, bright),
        };
    })];

    public static void Write(string path, int side)
    {
        var row = new byte[side];
        PngWriter.WriteIndexed(path, side, side, _palette, rows =>
        {
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++) row[x] = (byte)((Classes * ((x ^ y) % Shades)) + ClassAt(x, y));
                rows.Write(row);
            }
        });
    }

    /// <summary>Whether the mask has the class of each pixel.</summary>
    public static bool IsMask(string path, IReadOnlyList<Rgb> palette)
    {
        using var mask = ImageRowReader.Open(path);
        var row = new byte[3 * mask.Width];
        for (int y = 0; y < mask.Height; y++)
        {
            mask.Read(row);
            for (int x = 0; x < mask.Width; x++)
            {
                if (new Rgb(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) == palette[ClassAt(x, y)]) continue;
                Console.Error.WriteLine($"The mask is wrong at x {x}, y {y}.");
                return false;
            }
        }
        return true;
    }

    private static int ClassAt(int x, int y) => ((x / Square) + (y / Square)) % Classes;
}
