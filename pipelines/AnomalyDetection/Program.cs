// Learns what magnetic tiles look like from defect-free ones alone: a defect is what the autoencoder cannot give back.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;

if (args is not ([_] or [_, "features" or "pixels", ..]) || !File.Exists(Path.Combine(args[0], "split.csv")))
{
    Console.Error.WriteLine(
        "Give the folder of magnetic tiles (images, masks, split.csv, as data/README.md says), what is given back if not the "
        + "features of a trained encoder, and a seed if not 1:");
    Console.Error.WriteLine("dotnet run -c Release --project pipelines/AnomalyDetection -- FOLDER [features|pixels [SEED]]");
    return 2;
}
bool isOverPixels = args is [_, "pixels", ..];
string output = Directory.CreateDirectory(Path.Combine("out", "anomalies")).FullName;
var mlContext = new MLContext(seed: args.Length > 2 ? int.Parse(args[2]) : 1);
IDataView Load(string part) => mlContext.Data.LoadSegmentationFolder(
    Path.Combine(args[0], "images"), Path.Combine(args[0], "masks"), Path.Combine(args[0], "split.csv"), part);
static bool IsFlawless(string name) => name.StartsWith("Free", StringComparison.Ordinal);

// What a tile's score and error map are was chosen on the validation part; bench/results/anomaly-detection says what was tried.
var readImages = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath");
AutoencoderTrainerOptions features = AutoencoderTrainerOptions.OfFeatures with { Progress = new ProgressLines() };
AutoencoderTrainerOptions pixels = new()
{
    Latent = 16,
    ImageWidth = 48,
    ImageHeight = 48,
    BatchSize = 8,
    LearningRate = 0.002,
    Epochs = 300,
    Augmentation = new AugmentationOptions { MinScale = 1, MaxScale = 1, Brightness = 0.1, Contrast = 0.2 },
    Scoring = new ReconstructImageOptions
    {
        ErrorMapColumnName = "ErrorMap",
        AnomalyScoreColumnName = "AnomalyScore",
        ErrorSmoothing = 4,
        RelativeErrors = true,
        AnomalyQuantile = 0.95,
    },
    Progress = new ProgressLines(),
};
var trainers = mlContext.Segmentation.Trainers;
var trainer = isOverPixels ? trainers.ConvolutionalAutoencoder(pixels) : trainers.FeatureAutoencoder(features);
IDataView flawless = mlContext.Data.FilterByCustomPredicate<SegmentationFolderRow>(Load("train"), row => !IsFlawless(row.Name));
using var model = readImages.Append(trainer).Fit(flawless);
mlContext.Model.Save(model, flawless.Schema, Path.Combine(output, "tiles.zip"));

string[] kinds = ["background", "blowhole", "break", "crack", "fray", "uneven"];
var readMasks = mlContext.Transforms.ReadMasks("Label", maskFolder: null, kinds, "MaskPath");
foreach (string part in new[] { "val", "test" })
{
    IDataView scored = readMasks.Fit(Load(part)).Transform(model.Transform(Load(part)));
    List<float> defective = [], free = [], defectPixels = [], freePixels = [];
    foreach (Tile tile in mlContext.Data.CreateEnumerable<Tile>(scored, reuseRowObject: true))
    {
        (IsFlawless(tile.Name) ? free : defective).Add(tile.AnomalyScore);
        foreach (var (key, error) in tile.Label.Zip(tile.ErrorMap)) (key > 1 ? defectPixels : freePixels).Add(error);
    }
    Console.WriteLine($"{part}: {defective.Count} defective and {free.Count} flawless tiles, "
        + $"image AUROC {RocCurve.Area(defective, free):F3}, pixel AUROC {RocCurve.Area(defectPixels, freePixels):F3}");
    if (part == "val") continue;

    // Six tiles at equal distances: in the order of their names, of all kinds. White is the highest error of all tiles.
    int step = (defective.Count + free.Count + 5) / 6;
    float lowest = freePixels.Min(), highest = Math.Max(freePixels.Max(), defectPixels.Max());
    string[] captions = ["image", "error", "truth"];
    using var sheet = new ImageSheet(columns: 3, rows: 6, tileWidth: 150, tileHeight: 110) { ColumnCaptions = captions };
    foreach (var (index, tile) in mlContext.Data.CreateEnumerable<Tile>(scored, reuseRowObject: true).Index())
    {
        if (index % step != step / 4) continue;
        byte[] errors = [.. tile.ErrorMap.Select(error => (byte)(255 * (error - lowest) / (highest - lowest)))];
        sheet.SetImage(0, index / step, tile.Image);
        sheet.SetGrey(1, index / step, errors, tile.Image.Width);
        sheet.SetGrey(2, index / step, [.. tile.Label.Select(key => key > 1 ? byte.MaxValue : byte.MinValue)], tile.Image.Width);
    }
    sheet.Write(Path.Combine(output, "anomalies.png"));
}
Console.WriteLine($"The picture and tiles.zip are in {output}");
return 0;
