// The lecture's FCN-8s on VGG16: says how many parameters it has as taught, trains it with a head of 512 on the sample pictures,
// and draws input, mask and overlay. With weights (a file, or vgg16 after mlseg weights get vgg16) the encoder is frozen, as
// taught. dotnet run -c Release --project pipelines/Vgg16Fcn [-- MINUTES [WEIGHTS]]
using System.Globalization;
using Microsoft.ML;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder!.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
string surfaces = Path.Combine(folder.FullName, "data", "surfaces");
string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out", "vgg16-fcn")).FullName;
string[] classes = ["background", "scratch", "pit", "stain"];
double minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 12;
string? weights = args.Length > 1 ? args[1] : null;

SegmentationNetwork fcn = SegmentationNetworks.Find("fcn8-vgg16");
var asTaught = (fcn with { HeadWidth = 4096, Encoder = fcn.Encoder with { IsTrainable = false } }).Create(classes: 2);
Console.WriteLine(
    $"As taught, with two classes: {asTaught.ParameterCount:N0} parameters, {asTaught.TrainableParameterCount:N0} of "
    + "them trained");

var mlContext = new MLContext(seed: 1);
IDataView Load(string part) => mlContext.Data.LoadSegmentationFolder(
    Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks"), Path.Combine(surfaces, "split.csv"), part);
var readBoth = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath")
    .Append(mlContext.Transforms.ReadMasks("Label", maskFolder: null, classes, "MaskPath"));
IDataView training = readBoth.Fit(Load("train")).Transform(Load("train")),
    test = readBoth.Fit(Load("test")).Transform(Load("test"));

var options = new SegmentationTrainerOptions
{
    Sizing = weights is null ? ImageSizing.Native : ImageSizing.Letterbox,
    WindowWidth = 96,
    WindowHeight = 96,
    BatchSize = 4,
    // Defects are a twelfth of the pixels: without weights, or with more Dice, the network takes everything for background.
    Loss = new SegmentationLossOptions { Dice = 0.2, ClassWeights = [1, 5, 5, 2] },
    // Weights that nothing normalises: steps are small, and the first ones smaller.
    LearningRate = 3e-4,
    Schedule = new LearningRateSchedule.Cosine { WarmUp = 0.1 },
    GradientClipNorm = 1,
    TimeBudget = TimeSpan.FromMinutes(minutes),
    PretrainedWeights = weights,
    // A frozen encoder whose images are at most mirrored is computed once.
    Augmentation =
        weights is null ? new AugmentationOptions { MinScale = 0.8 } : AugmentationOptions.None with { HorizontalFlip = true },
    Scoring = new SegmentImageOptions { OverlayColumnName = "Overlay" },
    Progress = new ProgressLines(),
};
if (weights is not null) options = options with { WindowWidth = 0, WindowHeight = 0 };
using SegmentImageTransformer segmenter = mlContext.Segmentation.Trainers
    .SegmentationNetwork(fcn with { Encoder = fcn.Encoder with { IsTrainable = weights is null } }, options).Fit(training);
IDataView scored = segmenter.Transform(test);
Console.WriteLine(mlContext.Segmentation.Evaluate(scored));

const int Rows = 4;
using var sheet = new ImageSheet(columns: 4, Rows, tileWidth: 200, tileHeight: 160)
{
    ColumnCaptions = ["input", "true mask", "mask", "overlay"],
};
Rgb[] palette = Palette.Voc(classes.Length);
byte[] Colours(uint[] keys) =>
    [.. keys.Select(key => palette[key - 1]).SelectMany(colour => new[] { colour.R, colour.G, colour.B })];
foreach (var (row, one) in mlContext.Data.CreateEnumerable<Segmented>(scored, reuseRowObject: true)
    .Where((_, i) => i % 5 == 1).Take(Rows).Index())
{
    sheet.SetImage(0, row, one.Image);
    sheet.SetRgb(1, row, Colours(one.Label), one.Image.Width);
    sheet.SetRgb(2, row, Colours(one.PredictedLabel), one.Image.Width);
    sheet.SetImage(3, row, one.Overlay);
}
sheet.Write(Path.Combine(output, "vgg16-fcn.png"));
Console.WriteLine($"The picture is in {output}");
