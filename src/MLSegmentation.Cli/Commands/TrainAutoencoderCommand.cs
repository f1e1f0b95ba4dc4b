using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderCommand
{
    public static Command Create() => new Command("autoencoder", "Train a convolutional autoencoder on images without masks.")
        .Runs(TrainAutoencoderGroup.Create(), AutoencoderTraining.Run);
}
