using System.CommandLine;
using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderCommand
{
    private static readonly AutoencoderTrainerOptions _defaults = new();
    private static readonly Dictionary<string, Encoder?> _encoders =
        SegmentationNetworks.All.Select(network => network.Encoder).DistinctBy(encoder => encoder.Name).ToDictionary(encoder => encoder.Name, Encoder? (encoder) => encoder);

    public static Command Create()
    {
        Option<string> images = CommonOptions.Images("A folder of images, an image, or an idx file such as MNIST's train-images-idx3-ubyte.gz.");
        Option<string> file = CommonOptions.ModelOut();
        var latent = new Option<int>("--latent")
        {
            Description = "Numbers that an image is squeezed into; with --encoder, numbers for each place of its code.",
            HelpName = "N",
            DefaultValueFactory = _ => _defaults.Latent,
        };
        var encoder = new Option<Encoder?>("--encoder")
        {
            Description = $"Pretrain this encoder of a segmentation network, for 'train segmentation --initial-model': {string.Join(", ", _encoders.Keys)}. [default: the lecture's autoencoder]",
            HelpName = "NAME",
            CustomParser = result => CommonOptions.ParseName(result, _encoders),
        };
        Option<(int Width, int Height)?> size = ImageSize.Option("--size", "The size that images are stretched to. [default: the first image's, at most 64 a side, with --encoder 256]", ConvolutionalAutoencoder.SizeMultiple);
        Option<TrainingRange?> range = TrainingRange.Option();
        var augmentation = new AugmentationOptionSet(_defaults.Augmentation, hasMasks: false);
        var optimization = new OptimizationOptions(_defaults, $"Times that every image is seen. [default: {_defaults.Epochs}]", "The time to train for, instead of --epochs.");
        var command = new Command("autoencoder", "Train a convolutional autoencoder on images without masks.") { images, file, CommonOptions.AtLeast(latent, 1), encoder, size, range };
        augmentation.AddTo(command);
        optimization.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            string model = result.GetRequiredValue(file);
            using WriterLock claim = TrainingRun.Claim(model);
            AutoencoderTrainerOptions optimized = optimization.Read(_defaults, result, null, model);
            bool isForEncoder = result.GetValue(encoder) is not null;
            string path = result.GetRequiredValue(images);
            SampleRange? samples = TrainingRange.Of(result.GetValue(range), PlainImages.IsIdx(path) ? [] : ImageFiles.Find(path));
            AutoencoderShape shape = AutoencoderShape.Of(path, samples, isForEncoder);
            var (width, height) = result.GetValue(size) ?? (shape.Width, shape.Height);
            AutoencoderTrainerOptions options = optimized with
            {
                Latent = result.GetValue(latent),
                Encoder = result.GetValue(encoder),
                Augmentation = augmentation.Read(result, _defaults.Augmentation),
                ImageWidth = width,
                ImageHeight = height,
                Channels = shape.Channels,
                Scoring = isForEncoder ? _defaults.Scoring with { LatentColumnName = null } : _defaults.Scoring,
                CancellationToken = cancellation,
            };
            Run(path, samples, model, options);
        });
    }

    private static void Run(string images, SampleRange? range, string file, AutoencoderTrainerOptions options)
    {
        TrainingRun.Run(file, options.CheckpointPath!, (progress, report) =>
        {
            var context = new MLContext();
            var (view, count) = PlainImages.Load(context, images, null, null, range, progress, options.CancellationToken);
            AutoencoderTrainer trainer = context.Segmentation.Trainers.ConvolutionalAutoencoder(options with { Progress = report });
            using ReconstructImageTransformer model = trainer.Fit(view);
            return (model.Model, model.ModelInfo, count);
        });
    }
}
