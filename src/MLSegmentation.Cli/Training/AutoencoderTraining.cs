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
        using WriterLock claim = ModelTraining.Claim(options.Out);
        AutoencoderTrainerOptions trainer = options.Trainer with
        {
            CheckpointPath = options.Trainer.CheckpointPath ?? options.Out + CheckpointGroup.Extension,
            CancellationToken = cancellation,
        };
        ModelTraining.RequireRoom(options.Out, trainer, options.Overwrites);
        SampleRange? range = TrainingRange.Of(
            options.Range, PlainImages.IsIdx(options.Images) ? [] : ImageFiles.Find(options.Images));
        trainer = Shaped(trainer, options, range);
        ModelTraining.Run(options.Out, trainer.CheckpointPath!, (progress, report) =>
        {
            // What a training warns of comes with its progress.
            var context = new MLContext();
            DeviceReport.Follow(context, progress);
            var (view, count) = PlainImages.Load(context, options.Images, null, null, range, progress, cancellation);
            AutoencoderTrainerOptions reporting = trainer with { Progress = report };
            AutoencoderTrainer autoencoder = options.IsOverFeatures
                ? context.Segmentation.Trainers.FeatureAutoencoder(reporting)
                : context.Segmentation.Trainers.ConvolutionalAutoencoder(reporting);
            using ReconstructImageTransformer model = autoencoder.Fit(view);
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
