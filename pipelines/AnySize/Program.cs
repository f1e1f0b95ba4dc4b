// One network, three sizes: a fully convolutional network has no size of its own. Trains on the sample pictures, or takes a model
// of their classes, scores the test pictures brought to three sizes, and draws input, mask and overlay side by side.
// dotnet run -c Release --project pipelines/AnySize [-- MINUTES|MODEL.onnx]
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder!.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
string surfaces = Path.Combine(folder.FullName, "data", "surfaces");
string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out", "any-size")).FullName;
string[] classes = ["background", "scratch", "pit", "stain"];
(int Width, int Height)[] sizes = [(80, 64), (160, 128), (320, 256)];

var mlContext = new MLContext(seed: 1);
IDataView Load(string part) => mlContext.Data.LoadSegmentationFolder(
    Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks"), Path.Combine(surfaces, "split.csv"), part);
var readImages = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath");
var readMasks = mlContext.Transforms.ReadMasks("Label", maskFolder: null, classes, "MaskPath");

double minutes = 1.5;
string model = args is [var given] && !double.TryParse(given, CultureInfo.InvariantCulture, out minutes) ? given : Train();
IDataView test = readImages.Append(readMasks).Fit(Load("test")).Transform(Load("test"));
using var sheet = new ImageSheet(columns: 3, rows: sizes.Length, tileWidth: 240, tileHeight: 192)
{
    ColumnCaptions = ["input", "mask", "overlay"],
    RowCaptions = [.. sizes.Select(size => $"{size.Width}×{size.Height}")],
};
foreach (var (row, size) in sizes.Index())
{
    // The network sees the image in this size; mask and overlay come back in the image's own.
    var score = mlContext.Transforms.SegmentImage("PredictedLabel", "Image", model, new SegmentImageOptions
    {
        Sizing = ImageSizing.Stretch,
        ImageWidth = size.Width,
        ImageHeight = size.Height,
        OverlayColumnName = "Overlay",
    });
    var show = mlContext.Transforms.ResizeImages(
        "Seen", size.Width, size.Height, "Image", ImageResizingEstimator.ResizingKind.Fill);
    IDataView scored = score.Append(show).Fit(test).Transform(test);
    Console.WriteLine($"{size.Width}x{size.Height}: mean IoU {mlContext.Segmentation.Evaluate(scored).MeanIoU:F4}");

    Segmented shown = mlContext.Data.CreateEnumerable<Segmented>(scored, reuseRowObject: false).First();
    Rgb[] palette = Palette.Voc(classes.Length);
    using MLImage seen = scored.GetColumn<MLImage>("Seen").First();
    sheet.SetImage(0, row, seen);
    byte[] mask =
        [.. shown.PredictedLabel.Select(key => palette[key - 1]).SelectMany(colour => new[] { colour.R, colour.G, colour.B })];
    sheet.SetRgb(1, row, mask, shown.Overlay.Width);
    sheet.SetImage(2, row, shown.Overlay);
}
string picture = Path.Combine(output, "any-size.png");
sheet.Write(picture);
Console.WriteLine($"The picture is {picture}");

string Train()
{
    using SegmentImageTransformer segmenter = mlContext.Segmentation.Trainers.SegmentationNetwork(new SegmentationTrainerOptions
    {
        Sizing = ImageSizing.Native,
        WindowWidth = 96,
        WindowHeight = 96,
        BatchSize = 4,
        // Scales as far apart as the sizes: no size is foreign to the network then.
        Augmentation = new AugmentationOptions { MinScale = 0.5, MaxScale = 2 },
        TimeBudget = TimeSpan.FromMinutes(minutes),
        Progress = new ProgressLines(),
    }).Fit(readImages.Append(readMasks).Fit(Load("train")).Transform(Load("train")));
    string path = Path.Combine(output, "surfaces.onnx");
    File.WriteAllBytes(path, segmenter.Model.ToArray());
    return path;
}
