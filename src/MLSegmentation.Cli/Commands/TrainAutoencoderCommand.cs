using System.CommandLine;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderCommand
{
    public static Command Create()
    {
        var command = new Command("autoencoder", "Train an autoencoder on images without masks.");
        OptionGroup<TrainAutoencoderOptions> group = TrainAutoencoderGroup.Create();
        group.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            TrainAutoencoderOptions defaults = result.GetValue<bool>(TrainAutoencoderGroup.Features)
                ? new() { Trainer = AutoencoderTrainerOptions.OfFeatures with { Plan = true } }
                : new();
            AutoencoderTraining.Run(group.Apply(result, defaults), cancellation);
        });
    }
}
