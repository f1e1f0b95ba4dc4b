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
        var optimization = new OptimizationOptions(_defaults, minutes: null);
        var command = new Command("autoencoder", "Train a convolutional autoencoder on images without masks.") { images, file, CommonOptions.AtLeast(latent, 1) };
        optimization.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            string model = result.GetRequiredValue(file);
            AutoencoderTrainerOptions options = optimization.Read(_defaults, result, null, model) with { Latent = result.GetValue(latent), CancellationToken = cancellation };
            Run(result.GetRequiredValue(images), model, options);
        });
    }

    private static void Run(string images, string file, AutoencoderTrainerOptions options)
    {
        AutoencoderShape shape = AutoencoderShape.Of(images);
        TrainingRun.Run(file, options.CheckpointPath!, (progress, report) =>
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
