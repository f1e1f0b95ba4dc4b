// Segments an image, or all images of a folder, with a model file that is already there. No libtorch is needed for that.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project pipelines/ExistingModel -- MODEL.onnx IMAGE|FOLDER");
    return 2;
}
string[] extensions = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff"];
string[] files = Directory.Exists(args[1])
    ? [.. Directory.EnumerateFiles(args[1])
        .Where(file => extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order()]
    : [args[1]];

var mlContext = new MLContext();
IDataView images = mlContext.Data.LoadFromEnumerable(files.Select(file => new Source { Path = file }));
using var model = mlContext.Transforms.ReadImages("Image", imageFolder: null, "Path")
    .Append(
        mlContext.Transforms.SegmentImage("Mask", "Image", args[0], new SegmentImageOptions { OverlayColumnName = "Overlay" }))
    .Fit(images);
SegmentImageTransformer segmenter = model.LastTransformer;
IReadOnlyList<string> classes = segmenter.Options.ClassNames!;
IReadOnlyList<Rgb> palette = segmenter.Options.Palette!;

string output = Directory.CreateDirectory(Path.Combine("out", "segmented")).FullName;
foreach (Segmented row in mlContext.Data.CreateEnumerable<Segmented>(model.Transform(images), reuseRowObject: false))
{
    using MLImage overlay = row.Overlay;
    string name = Path.GetFileNameWithoutExtension(row.Path);
    byte[] mask = [.. row.Mask.Select(key => (byte)(key - 1))];
    PngWriter.WriteIndexed(Path.Combine(output, $"{name}_mask.png"), mask, overlay.Width, overlay.Height, palette);
    PngWriter.WriteRgb(Path.Combine(output, $"{name}_overlay.png"), overlay);

    var shares = row.Mask.CountBy(key => classes[(int)key - 1]).OrderByDescending(share => share.Value);
    Console.WriteLine(
        $"{row.Path}: {string.Join(", ", shares.Select(share => $"{share.Key} {(double)share.Value / mask.Length:P1}"))}");
}
Console.WriteLine($"{files.Length} masks and overlays are in {output}");
return 0;
