using Microsoft.ML;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Trains an autoencoder on images, and writes it.</summary>
internal static class AutoencoderTraining
{
    /// <summary>Trains and writes the model.</summary>
    /// <exception cref="IOException">A file is missing, or the model cannot be written.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the idx file is damaged.</exception>
    public static void Run(TrainAutoencoderOptions options, CancellationToken cancellation)
    {
        using WriterLock? claim = options.OnlyPlans ? null : ModelTraining.Claim(options.Out);
        AutoencoderTrainerOptions trainer = options.Trainer with
        {
            CheckpointPath = options.Trainer.CheckpointPath ?? options.Out + CheckpointGroup.Extension,
            CancellationToken = cancellation,
        };
        if (!options.OnlyPlans) ModelTraining.RequireRoom(options.Out, trainer, options.Overwrites);
        SampleRange? range = TrainingRange.Of(
            options.Range, PlainImages.IsIdx(options.Images) ? [] : ImageFiles.Find(options.Images));
        trainer = Shaped(trainer, options, range);
        // What a training warns of comes with its progress.
        var context = new MLContext();
        AutoencoderTrainer Trainer(AutoencoderTrainerOptions one) => options.IsOverFeatures
            ? context.Segmentation.Trainers.FeatureAutoencoder(one)
            : context.Segmentation.Trainers.ConvolutionalAutoencoder(one);
        (IDataView View, int Count) Load(IProgress<ProgressStep> progress) =>
            PlainImages.Load(context, options.Images, null, null, range, progress, cancellation);
        if (options.OnlyPlans)
        {
            Console.WriteLine(Trainer(trainer).Plan(Load(new Progress<ProgressStep>()).View));
            return;
        }
        ModelTraining.Run(options.Out, trainer.CheckpointPath!, (progress, report) =>
        {
            DeviceReport.Follow(context, progress);
            var (view, count) = Load(progress);
            using ReconstructImageTransformer model = Trainer(trainer with { Progress = report }).Fit(view);
            return (model.Model, model.ModelInfo, count);
        });
    }

    /// <summary>The options with the size and channels of the images; an encoder's autoencoder has no latent vector. Over
    /// features the options say it all.</summary>
    private static AutoencoderTrainerOptions Shaped(
        AutoencoderTrainerOptions trainer, TrainAutoencoderOptions options, SampleRange? range)
    {
        if (options.IsOverFeatures)
        {
            return options.Size is { } given
                ? trainer with { ImageWidth = given.Width, ImageHeight = given.Height }
                : trainer;
        }
        var shape = AutoencoderShape.Of(options.Images, range, trainer.Encoder);
        ImageSize size = options.Size ?? new ImageSize(shape.Width, shape.Height);
        return trainer with
        {
            ImageWidth = size.Width,
            ImageHeight = size.Height,
            Channels = shape.Channels,
            Scoring = trainer.Encoder is null ? trainer.Scoring : trainer.Scoring with { LatentColumnName = null },
        };
    }
}
