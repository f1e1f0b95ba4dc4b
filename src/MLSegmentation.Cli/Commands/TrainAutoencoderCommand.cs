using System.CommandLine;
using Microsoft.ML;
using MLSegmentation.Cli.Inputs;
using MLSegmentation.Training;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Commands;

/// <summary><c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderCommand
{
    private static readonly AutoencoderTrainerOptions _defaults = new();

    public static Command Create()
    {
        Option<string> images = CommonOptions.Images("A folder of images, an image, or an idx file such as MNIST's train-images-idx3-ubyte.gz.");
        Option<string> file = CommonOptions.Out("The model to write, an .onnx file.");
        var latent = new Option<int>("--latent") { Description = "Numbers that an image is squeezed into.", HelpName = "N", DefaultValueFactory = _ => _defaults.Latent };
        var epochs = new Option<int>("--epochs") { Description = "Times that every image is seen.", HelpName = "N", DefaultValueFactory = _ => _defaults.Epochs };
        var batch = new Option<int>("--batch") { Description = "Images a step.", HelpName = "N", DefaultValueFactory = _ => _defaults.BatchSize };
        var rate = new Option<double>("--learning-rate") { Description = "Adam's learning rate.", HelpName = "X", DefaultValueFactory = _ => _defaults.LearningRate };
        Option<int> seed = CommonOptions.Seed();
        return new Command("autoencoder", "Train a convolutional autoencoder on images without masks.")
        {
            images, file, CommonOptions.AtLeast(latent, 1), CommonOptions.AtLeast(epochs, 1), CommonOptions.AtLeast(batch, 1), CommonOptions.Positive(rate), seed,
        }.Runs((result, cancellation) => Run(result.GetRequiredValue(images), result.GetRequiredValue(file), _defaults with
        {
            Latent = result.GetValue(latent),
            Epochs = result.GetValue(epochs),
            BatchSize = result.GetValue(batch),
            LearningRate = result.GetValue(rate),
            Seed = result.GetValue(seed),
            CancellationToken = cancellation,
        }));
    }

    private static void Run(string images, string file, AutoencoderTrainerOptions options)
    {
        AutoencoderShape shape = AutoencoderShape.Of(images);
        TrainingRun.Run(file, (progress, report) =>
        {
            var context = new MLContext();
            var (view, count) = PlainImages.Load(context, images, null, null, progress, options.CancellationToken);
            AutoencoderTrainer trainer = context.Segmentation().Trainers().ConvolutionalAutoencoder(options with
            {
                ImageWidth = shape.Width,
                ImageHeight = shape.Height,
                Channels = shape.Channels,
                Progress = report,
            });
            using ReconstructImageTransformer model = trainer.Fit(view);
            return (model.Model, model.ModelInfo, count);
        });
    }
}
