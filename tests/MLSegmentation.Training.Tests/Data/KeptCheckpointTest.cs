using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

/// <summary>Trainings that earlier versions began go on as they did there: Data/Kept/README.md tells what wrote them.</summary>
[TestClass]
public sealed class KeptCheckpointTest
{
    // Other processors add in another order, and each step of a training makes more of it.
    private const double Tolerance = 1e-3;

    private static readonly string _kept = Path.Combine(AppContext.BaseDirectory, "Data", "Kept");
    private readonly string _folder = Directory.CreateTempSubdirectory("kept-checkpoint-test-").FullName;

    private string CheckpointFile => Path.Combine(_folder, "interrupted.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Fit_KeptCheckpoint_GoesOnAsItDid()
    {
        JsonElement kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(_kept, "interrupted.json"))).RootElement;
        File.Copy(Path.Combine(_kept, "interrupted.checkpoint"), CheckpointFile);
        var ml = new MLContext(1);
        IDataView data = Data(ml);
        var (losses, notes) = (new List<double>(), new List<string>());
        var options = Options(new SynchronousProgress(report =>
        {
            if (report.Warning is { } note) notes.Add(note);
            else if (report is { ValidationMetric: null, Note: null }) losses.Add(report.Loss);
        }));
        var network = new SegmentationNetwork("kept-tiny", "", new CompactEncoder(), (_, classes) => Tiny(classes));

        using var model = ml.Segmentation.Trainers.SegmentationNetwork(network, options).Fit(data);

        Assert.IsEmpty(notes, "It is the same training.");
        AssertNear(kept.GetProperty("Losses"), losses, Tolerance);
        float[] confidence = model.Transform(data).GetColumn<float[]>("Confidence").First();

        // The last weights validate better here than the average of them that earlier versions kept.
        AssertNear(kept.GetProperty("Confidence"), confidence.Select(value => (double)value), 0.02);
    }

    private SegmentationTrainerOptions Options(IProgress<TrainingProgress> progress) => new()
    {
        Encoder = new CompactEncoder(),
        Epochs = 4,
        BatchSize = 1,
        ImageWidth = 24,
        ImageHeight = 20,
        WindowWidth = 16,
        WindowHeight = 16,
        ValidationFraction = 0.5,
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 0.01,
        WeightAveraging = 0.9,
        Threads = 1,
        Seed = 5,
        CheckpointPath = CheckpointFile,
        Resume = true,
        Progress = progress,
        Scoring = new() { ConfidenceColumnName = "Confidence" },
    };

    private static LayerGraph Tiny(int classes)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor x = new Normalization([127.5f], [64]) { Name = "scale" }.Apply(image);
        x = new Conv2D(4, 3) { Name = "conv", Stride = 2 }.Apply(x);
        x = new Relu { Name = "relu" }.Apply(new BatchNormalization { Name = "normalized" }.Apply(x));
        SymbolicTensor scores = new Conv2DTranspose(classes, 4) { Name = "up", Stride = 2 }.Apply(x);
        return new LayerGraph("kept-tiny", [image], [scores]);
    }

    private static IDataView Data(MLContext ml)
    {
        string[] names = ["small", "wide", "small", "wide"];
        IDataView paths = ml.Data.LoadFromEnumerable(names.Select(name => new PathRow
        {
            ImagePath = Path.Combine(_kept, "Images", $"{name}.png"),
            MaskPath = Path.Combine(_kept, "Masks", $"{name}.png"),
        }).ToArray());
        string[] classNames = ["ground", "disc", "bar"];
        return ml.Transforms.ReadImages("Image", imageFolder: null, inputColumnName: "ImagePath")
            .Append(ml.Transforms.ReadMasks("Label", maskFolder: null, classNames: classNames, inputColumnName: "MaskPath"))
            .Fit(paths).Transform(paths);
    }

    private static void AssertNear(JsonElement kept, IEnumerable<double> now, double tolerance)
    {
        double[] was = [.. kept.EnumerateArray().Select(value => value.GetDouble())], values = [.. now];
        Assert.HasCount(was.Length, values);
        foreach (var (one, other) in values.Zip(was)) Assert.AreEqual(other, one, tolerance);
    }

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";

        public string MaskPath { get; set; } = "";
    }
}
