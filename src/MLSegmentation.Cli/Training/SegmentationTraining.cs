using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>Trains a network on images and masks, and writes it.</summary>
internal static class SegmentationTraining
{
    /// <summary>Checks the data, trains and writes the model.</summary>
    /// <exception cref="IOException">A folder or file is missing, or the model cannot be written.</exception>
    /// <exception cref="InvalidDataException">The data has errors.</exception>
    public static void Run(TrainSegmentationOptions options, CancellationToken cancellation)
    {
        TrainingData data = TrainingData.Find(options);
        SegmentationTrainerOptions trainer = options.TrainerFor(data.Count);
        using WriterLock? claim = options.OnlyPlans ? null : ModelTraining.Claim(options.Out);
        if (!options.OnlyPlans) ModelTraining.RequireRoom(options.Out, trainer, options.Overwrites);
        trainer = trainer with
        {
            SampleRange = TrainingRange.Of(options.Range, data.Rows.Select(row => row.ImagePath)),
            CancellationToken = cancellation,
        };
        var (_, classes, masks) = data.Check(options, trainer.SampleRange, cancellation);
        if (trainer.PretrainedWeights is null && options.Network.Encoder is not CompactEncoder)
        {
            Console.WriteLine(
                $"The encoder of {options.Network.Name} begins at random; give --weights to start from trained ones ('mlseg "
                + "weights list').");
        }
        // What a training warns of comes with its progress.
        var context = new MLContext();
        IDataView View(IReadOnlyList<SegmentationFolderRow> some)
        {
            IDataView files = context.Data.LoadFromEnumerable(some);
            return context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), trainer.SampleRange)
                .Append(context.Transforms.ReadMasks("Label", null, classes.Names, nameof(SegmentationFolderRow.MaskPath), masks))
                .Fit(files).Transform(files);
        }
        trainer = trainer with
        {
            Palette = classes.Colours,
            IgnoreColour = classes.IgnoreColour,
            ValidationSet = data.Validation is { } validation ? View(validation) : null,
        };
        if (options.OnlyPlans)
        {
            Console.WriteLine(context.Segmentation.Trainers.SegmentationNetwork(options.Network, trainer).Plan(View(data.Rows)));
            return;
        }
        ModelTraining.Run(options.Out, trainer.CheckpointPath!, (progress, report) =>
        {
            DeviceReport.Follow(context, progress);
            SegmentationTrainer network = context.Segmentation.Trainers.SegmentationNetwork(
                options.Network, trainer with { Progress = report });
            using SegmentImageTransformer model = network.Fit(View(data.Rows));
            return (model.Model, model.ModelInfo, data.Count);
        });
    }
}
