using Microsoft.ML;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Trains a network on images and masks, and writes it.</summary>
internal static class SegmentationTraining
{
    /// <summary>Checks the data, trains and writes the model.</summary>
    /// <exception cref="IOException">A folder or file is missing, or the model cannot be written.</exception>
    /// <exception cref="InvalidDataException">The data has errors.</exception>
    public static void Run(TrainSegmentationOptions options, CancellationToken cancellation)
    {
        using TrainingData data = TrainingData.Find(options, cancellation);
        options = options with { Ignore = data.Ignore };
        using WriterLock? claim = options.OnlyPlans || options.Folds > 0 ? null : Claim(options, data.Count);
        SampleRange? range = TrainingRange.Of(options.Range, data.Rows.Select(row => row.ImagePath));
        var (_, classes, masks) = data.Check(options, range, cancellation);
        string start = StartingWeights.Of(options.Trainer with { Encoder = options.Network.Encoder }).Note;
        if (start.Length > 0) Console.WriteLine(OptionWords.Translate(start));
        // What a training warns of comes with its progress.
        var context = new MLContext();
        IDataView View(IReadOnlyList<SegmentationFolderRow> some)
        {
            IDataView files = context.Data.LoadFromEnumerable(some);
            return context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), range)
                .Append(context.Transforms.ReadMasks("Label", null, classes.Names, nameof(SegmentationFolderRow.MaskPath), masks))
                .Fit(files).Transform(files);
        }
        SegmentationTrainerOptions TrainerOf(TrainSegmentationOptions one, int images) => one.TrainerFor(images) with
        {
            SampleRange = range,
            CancellationToken = cancellation,
            Palette = classes.Colours,
            IgnoreColour = classes.IgnoreColour,
            ValidationSet = data.Validation is { } validation ? View(validation) : null,
        };
        string? Train(TrainSegmentationOptions one, IReadOnlyList<SegmentationFolderRow> rows)
        {
            SegmentationTrainerOptions trainer = TrainerOf(one, rows.Count);
            return ModelTraining.Run(one.Out, trainer.CheckpointPath!, (progress, report) =>
            {
                DeviceReport.Follow(context, progress);
                SegmentationTrainer network = context.Segmentation.Trainers.SegmentationNetwork(
                    one.Network, trainer with { Progress = report });
                using SegmentImageTransformer model = network.Fit(View(rows));
                return (model.Model, model.ModelInfo, rows.Count);
            });
        }
        if (options.OnlyPlans)
        {
            SegmentationTrainerOptions planned = TrainerOf(options, data.Count);
            Console.WriteLine(context.Segmentation.Trainers.SegmentationNetwork(options.Network, planned).Plan(View(data.Rows)));
        }
        else if (options.Folds == 0) ModelTraining.RequireUse(options.Out, Train(options, data.Rows));
        else
        {
            new FoldedTraining(context, options, View, (one, rows) =>
            {
                using WriterLock fold = Claim(one, rows.Count);
                return Train(one, rows);
            }).Run(data);
        }
    }

    private static WriterLock Claim(TrainSegmentationOptions options, int images)
    {
        WriterLock claim = ModelTraining.Claim(options.Out);
        try
        {
            ModelTraining.RequireRoom(options.Out, options.TrainerFor(images), options.Overwrites);
            return claim;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }
}
