using System.Diagnostics;
using Microsoft.ML;
using MLSegmentation;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

/// <summary>A training through the public trainer, and how fast it is.</summary>
internal sealed record TimedTraining(
    SegmentationNetwork Shape, int Batch, int Width, int Height, ConvolutionPrecision Precision, int Steps)
{
    // Rows as in CamVid's training part; a smaller set is repeated, so that epochs are as long.
    private const int Rows = 384, Classes = 11, WarmUp = 30, ImageWidth = 512, ImageHeight = 384;

    /// <summary>Trains on the images of a folder.</summary>
    /// <returns>Images a second after the first steps.</returns>
    public double Run(string images, string masks)
    {
        var context = new MLContext(1);
        SegmentationFolderRow[] rows =
        [
            .. Directory.GetFiles(images).Order().Select(file => new SegmentationFolderRow
            {
                Name = Path.GetFileNameWithoutExtension(file),
                ImagePath = file,
                MaskPath = Path.Combine(masks, Path.GetFileNameWithoutExtension(file) + ".png"),
            }),
        ];
        IDataView files = context.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => rows[i % rows.Length]));
        string[] names = [.. Enumerable.Range(0, Classes).Select(index => $"class {index}")];
        IDataView labelled = context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath))
            .Append(context.Transforms.ReadMasks(
                "Label", null, names, nameof(SegmentationFolderRow.MaskPath), new ReadMasksOptions { IgnoreLabel = Classes }))
            .Fit(files).Transform(files);
        var clock = new StepClock();
        using var model = context.Segmentation.Trainers.SegmentationNetwork(Shape, new SegmentationTrainerOptions
        {
            BatchSize = Batch,
            Epochs = Math.Max(1, (WarmUp + Steps) * Batch / Rows),
            ImageWidth = ImageWidth,
            ImageHeight = ImageHeight,
            WindowWidth = Width,
            WindowHeight = Height,
            ConvolutionPrecision = Precision,
            Augmentation = new AugmentationOptions { Saturation = 0.3, Hue = 10, CutMix = 0.2 },
            WeightAveraging = 0.99,
            Progress = clock,
        }).Fit(labelled);
        return clock.ImagesPerSecond(Batch, WarmUp);
    }

    private sealed class StepClock : IProgress<TrainingProgress>
    {
        private readonly List<(int Step, long Time)> _steps = [];

        public void Report(TrainingProgress value) => _steps.Add((value.Step, Stopwatch.GetTimestamp()));

        public double ImagesPerSecond(int batch, int warmUp)
        {
            var (first, last) = (_steps.First(one => one.Step >= warmUp), _steps[^1]);
            return (last.Step - first.Step) * batch / Stopwatch.GetElapsedTime(first.Time, last.Time).TotalSeconds;
        }
    }
}
