// From autoencoder to FCN: does an encoder that has learnt to give images back, without labels, help where labels are few?
// Trains FCN-8s on 10, 30 and 136 labelled images of Penn-Fudan, three seeds each, with and without such a start. A training that
// is in results.csv is not repeated, so that the study can be stopped and started again.
using System.Globalization;
using Microsoft.ML;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

int steps = args.Length == 3 && int.TryParse(args[1], CultureInfo.InvariantCulture, out int given) ? given : 0;
if (steps <= 0 || !File.Exists(Path.Combine(args[0], "split.csv")))
{
    Console.Error.WriteLine(
        "Give the folder of Penn-Fudan (images, masks, split.csv), the steps of each training, and a folder for results.");
    return 2;
}
string output = Directory.CreateDirectory(args[2]).FullName, results = Path.Combine(output, "results.csv");
var mlContext = new MLContext(seed: 1);
string In(string name) => Path.Combine(args[0], name);
IDataView Load(string part) => mlContext.Data.LoadSegmentationFolder(In("images"), In("masks"), In("split.csv"), part);
var readImages = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath");
var readBoth = readImages.Append(mlContext.Transforms.ReadMasks("Label", maskFolder: null, ["background", "person"], "MaskPath"));
SegmentationFolderRow[] rows = [.. mlContext.Data.CreateEnumerable<SegmentationFolderRow>(Load("train"), reuseRowObject: false)];
IDataView test = readBoth.Fit(Load("test")).Transform(Load("test"));
int[] labelled = [10, 30, rows.Length];

foreach (Trial trial in Trial.All(labelled, seeds: 3, steps))
{
    if (Trial.Read(results).ContainsKey(trial)) continue;
    SegmentationFolderRow[] shuffled = [.. rows];
    new Random(trial.Seed).Shuffle(shuffled);
    IDataView few = mlContext.Data.LoadFromEnumerable(shuffled.Take(trial.Labelled));
    var trainer = mlContext.Segmentation.Trainers.FullyConvolutionalNetwork(new SegmentationTrainerOptions
    {
        Encoder = new CompactEncoder(),
        ImageWidth = 224,
        ImageHeight = 192,
        Seed = trial.Seed,
        Epochs = EpochsOver(trial.Labelled),
        InitialModel = trial.IsPretrained ? Autoencoder(trial.Seed) : default,
    });
    using SegmentImageTransformer fcn = trainer.Fit(readBoth.Fit(few).Transform(few));
    double iou = mlContext.Segmentation.Evaluate(fcn.Transform(test)).PerClass[1].IoU ?? 0;
    trial.Append(results, iou);
    Console.WriteLine($"{trial}: IoU of person {iou:F4}");
}

var done = Trial.Read(results);
double Mean(int count, bool isPretrained) => Trial.Mean(done, count, isPretrained, steps);
foreach (int count in labelled)
    Console.WriteLine($"{count} images: from scratch {Mean(count, false):F4}, pretrained {Mean(count, true):F4}");
PlotSeries Line(string name, bool isPretrained) =>
    new(name, [.. labelled.Select(count => (double)count)], [.. labelled.Select(count => Mean(count, isPretrained))]);
Plots.WriteLines(
    Path.Combine(output, "pretrained-encoder.png"), "Penn-Fudan, FCN-8s over the compact encoder", "labelled images",
    "IoU of person, mean of three seeds", [Line("from scratch", false), Line("pretrained", true)]);
return 0;

int EpochsOver(int images) => (int)Math.Ceiling(steps / Math.Ceiling(images / 8.0)); // Batches are of 8 images.
// The autoencoder of a seed, trained once on all training images without their masks.
byte[] Autoencoder(int seed)
{
    string file = Path.Combine(output, $"autoencoder-{seed}-{steps}.onnx");
    if (File.Exists(file)) return File.ReadAllBytes(file);
    var trainer = mlContext.Segmentation.Trainers.ConvolutionalAutoencoder(new AutoencoderTrainerOptions
    {
        Encoder = new CompactEncoder(),
        Channels = 3,
        Latent = 64,
        ImageWidth = 160,
        ImageHeight = 128,
        BatchSize = 8,
        Seed = seed,
        Epochs = EpochsOver(rows.Length),
        Augmentation = new AugmentationOptions { MinScale = 1, MaxScale = 1.6 },
        Scoring = new ReconstructImageOptions { LatentColumnName = null },
    });
    using ReconstructImageTransformer autoencoder = trainer.Fit(readImages.Fit(Load("train")).Transform(Load("train")));
    File.WriteAllBytes(file, autoencoder.Model.Span);
    return autoencoder.Model.ToArray();
}
