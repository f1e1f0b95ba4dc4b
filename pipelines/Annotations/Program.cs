// Trains from a COCO file, or whatever else an annotation tool wrote, and saves the model in an ML.NET zip.
// dotnet run -c Release --project pipelines/Annotations [-- ANNOTATIONS [IMAGES]]
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation.Training;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder!.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out", "annotations")).FullName;
string sample = Path.Combine(folder.FullName, "data", "surfaces", "annotations.json");
var (annotations, images) = (args.ElementAtOrDefault(0) ?? sample, args.ElementAtOrDefault(1));

var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, line) =>
{
    if (line.Kind >= ChannelMessageKind.Info) Console.WriteLine(line.RawMessage);
};

// Rows with Name, ImagePath and Label; masks are painted as rows are read. A fifth of the images test the model.
var parts = mlContext.Data.TrainTestSplit(mlContext.Data.LoadAnnotations(annotations, images), testFraction: 0.2);
var readImages = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath").Fit(parts.TrainSet);
var segmenter = mlContext.Segmentation.Trainers.SegmentationNetwork(new SegmentationTrainerOptions
{
    Plan = true,
    TimeBudget = TimeSpan.FromMinutes(2),
}).Fit(readImages.Transform(parts.TrainSet));

Console.WriteLine(mlContext.Segmentation.Evaluate(segmenter.Transform(readImages.Transform(parts.TestSet))));
string zip = Path.Combine(output, "model.zip");
mlContext.Model.Save(readImages.Append(segmenter), parts.TrainSet.Schema, zip);
Console.WriteLine($"The model is {zip}");
