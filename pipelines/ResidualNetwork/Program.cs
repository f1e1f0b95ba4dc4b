// Trains the lecture's residual network and its plain twin on MNIST, then a pair of 20 layers where the plain one trains worse,
// and draws their curves.
using System.Globalization;
using Microsoft.ML;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

const string TrainFile = "train-images-idx3-ubyte.gz", TrainLabels = "train-labels-idx1-ubyte.gz";
const string TestFile = "t10k-images-idx3-ubyte.gz", TestLabels = "t10k-labels-idx1-ubyte.gz";
string[] files = [TrainFile, TrainLabels, TestFile, TestLabels];
if (args.Length != 1 || !files.All(name => File.Exists(Path.Combine(args[0], name))))
{
    Console.Error.WriteLine($"Give the folder with MNIST's {string.Join(", ", files)}:");
    Console.Error.WriteLine("dotnet run -c Release --project pipelines/ResidualNetwork -- FOLDER");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string output = Directory.CreateDirectory(Path.Combine("out", "residual-network")).FullName;
var mlContext = new MLContext(seed: 1);
IDataView digits = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TrainFile), Path.Combine(args[0], TrainLabels));
IDataView test = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TestFile), Path.Combine(args[0], TestLabels));

// The lecture's pair sees every digit five times, each time a little larger or smaller and elsewhere.
var options = new ImageClassificationTrainerOptions
{
    Epochs = 5,
    ValidationFraction = 1 / 12.0,
    Augmentation = AugmentationOptions.None with { MinScale = 0.9, MaxScale = 1.1 },
};
foreach (bool isResidual in new[] { false, true })
    Train(isResidual ? "residual net" : "plain net", classes => ResidualNetwork.Create(classes, isResidual), digits, options);

// The deep pair: a tenth of the digits, as they are.
options = options with { Epochs = 8, ValidationFraction = 1 / 6.0, Augmentation = AugmentationOptions.None };
IDataView fewer = mlContext.Data.TakeRows(digits, 6_000);
TrainingCurve plain = Train("plain 20", classes => DeepResidualNetwork.Create(classes, hasShortcuts: false), fewer, options);
TrainingCurve residual = Train("residual 20", classes => DeepResidualNetwork.Create(classes), fewer, options);

Plots.WriteLines(Path.Combine(output, "residual-network-loss.png"), "20 layers on MNIST: training loss", "epoch", "cross-entropy",
    [new("plain", plain.Losses), new("residual", residual.Losses)]);
Plots.WriteLines(
    Path.Combine(output, "residual-network-error.png"), "20 layers on MNIST: error on images held back", "epoch", "error in %",
    [new("plain", plain.Errors), new("residual", residual.Errors)]);
Console.WriteLine($"The curves are in {output}.");
return 0;

TrainingCurve Train(string name, Func<int, LayerGraph> network, IDataView rows, ImageClassificationTrainerOptions options)
{
    var curve = new TrainingCurve(name);
    using ClassifyImageTransformer model = mlContext.Segmentation.Trainers
        .ImageClassification(network, options with { Progress = curve }).Fit(rows);
    double accuracy = mlContext.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
    Console.WriteLine($"{name,-12}  test accuracy {accuracy:P2}");
    return curve;
}
