// Trains on the sample pictures of surfaces, saves the model in an ML.NET zip, loads it, and segments pictures it has not seen.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLSegmentation;
using MLSegmentation.Training;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder!.FullName, "MLSegmentation.sln"))) folder = folder.Parent;
string surfaces = Path.Combine(folder.FullName, "data", "surfaces");
string output = Directory.CreateDirectory(Path.Combine(folder.FullName, "out", "quickstart")).FullName;
string[] classes = ["background", "scratch", "pit", "stain"];

// Rows with Name, ImagePath and MaskPath; nothing is read before it is needed.
var mlContext = new MLContext(seed: 1);
mlContext.Log += (_, line) =>
{
    if (line.Kind >= ChannelMessageKind.Info) Console.WriteLine(line.RawMessage);
};
IDataView Load(string part) => mlContext.Data.LoadSegmentationFolder(
    Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks"), Path.Combine(surfaces, "split.csv"), part);

// Train on images and masks, and save what scoring needs, which is no masks, in one zip.
var readImages = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath");
var readMasks = mlContext.Transforms.ReadMasks("Label", maskFolder: null, classes, "MaskPath");
var trainer = mlContext.Segmentation.Trainers.SegmentationNetwork(new SegmentationTrainerOptions
{
    // Sixty small pictures with scratches of four pixels, which are easier to see enlarged. Steps and not minutes, so that a busy
    // machine takes longer and gives the same model.
    Plan = true,
    ImageWidth = 224,
    ImageHeight = 192,
    WindowWidth = 160,
    WindowHeight = 160,
    Augmentation = new AugmentationOptions { MinScale = 0.8, MaxScale = 1.25 },
    LearningRate = 0.001,
    ConvolutionPrecision = ConvolutionPrecision.Fastest,
    Epochs = 74,
    Scoring = new SegmentImageOptions { OverlayColumnName = "Overlay" },
});
IDataView training = Load("train");
var segmenter = trainer.Fit(readImages.Append(readMasks).Fit(training).Transform(training));
string zip = Path.Combine(output, "surfaces.zip");
mlContext.Model.Save(readImages.Fit(training).Append(segmenter), training.Schema, zip);

// Load it, as another program would, and score the test pictures as their rows are read.
ITransformer model = mlContext.Model.Load(zip, out _);
IDataView scored = model.Transform(Load("test"));
Console.WriteLine(mlContext.Segmentation.Evaluate(readMasks.Fit(scored).Transform(scored)));
foreach (Segmented row in mlContext.Data.CreateEnumerable<Segmented>(scored, reuseRowObject: false))
{
    using MLImage overlay = row.Overlay;
    byte[] mask = [.. row.PredictedLabel.Select(key => (byte)(key - 1))];
    PngWriter.WriteIndexed(
        Path.Combine(output, $"{row.Name}_mask.png"), mask, overlay.Width, overlay.Height, Palette.Voc(classes.Length));
    PngWriter.WriteRgb(Path.Combine(output, $"{row.Name}_overlay.png"), overlay);
}
Console.WriteLine($"The masks, the overlays and surfaces.zip are in {output}");
