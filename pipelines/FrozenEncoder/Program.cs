// A frozen encoder need be computed only once for each image: trains the head of FCN-8s on VGG16 twice, with the features cached
// and with the encoder in every step, and draws the losses over the time they took. They are the same losses. dotnet run -c
// Release --project pipelines/FrozenEncoder [-- EPOCHS [WEIGHTS]]
using System.Diagnostics;
using Microsoft.ML;
using MLSegmentation.Pictures;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder!.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
string surfaces = Path.Combine(folder.FullName, "data", "surfaces");
string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out", "frozen-encoder")).FullName;
int epochs = args.Length > 0 ? int.Parse(args[0]) : 12;
string? weights = args.Length > 1 ? args[1] : null;

var mlContext = new MLContext(seed: 1);
IDataView rows = mlContext.Data.LoadSegmentationFolder(
    Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks"), Path.Combine(surfaces, "split.csv"), "train");
var readBoth = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath")
    .Append(mlContext.Transforms.ReadMasks("Label", maskFolder: null, ["background", "scratch", "pit", "stain"], "MaskPath"));
IDataView training = readBoth.Fit(rows).Transform(rows);
SegmentationNetwork fcn = SegmentationNetworks.Find("fcn8-vgg16");
fcn = fcn with { Encoder = fcn.Encoder with { IsTrainable = false } };
var options = new SegmentationTrainerOptions
{
    Epochs = epochs,
    BatchSize = 4,
    LearningRate = 5e-4,
    PretrainedWeights = weights,
    ImageWidth = 160,
    ImageHeight = 128,
    WindowWidth = 160,
    WindowHeight = 128,
    Augmentation = AugmentationOptions.None with { HorizontalFlip = true },
};

PlotSeries cached = Train("cached", options);
// A change of brightness too small to be seen, but a change: no features are cached.
PlotSeries whole = Train("whole network", options with { Augmentation = options.Augmentation with { Brightness = 1e-12 } });
Plots.WriteLines(
    Path.Combine(output, "frozen-encoder.png"), "FCN-8s on a frozen VGG16, 60 images of 160×128", "seconds",
    "training loss of each epoch", [cached, whole]);
Console.WriteLine($"Largest difference of the losses: {cached.Y.Zip(whole.Y, (one, other) => Math.Abs(one - other)).Max():E1}");
Console.WriteLine($"The picture is in {output}");

PlotSeries Train(string name, SegmentationTrainerOptions options)
{
    var (clock, losses, seconds) = (new Stopwatch(), new double[epochs], new double[epochs]);
    options = options with
    {
        Progress = new SynchronousProgress(report =>
        {
            clock.Start();
            (losses[report.Epoch - 1], seconds[report.Epoch - 1]) = (report.Loss, clock.Elapsed.TotalSeconds);
        }),
    };
    mlContext.Segmentation.Trainers.SegmentationNetwork(fcn, options).Fit(training).Dispose();
    Console.WriteLine($"{name,-14} {seconds[^1]:F1} s for {epochs} epochs, last loss {losses[^1]:F4}");
    return new PlotSeries(name, seconds, losses);
}
