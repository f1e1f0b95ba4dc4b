using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how it is gone on with once it was interrupted.</summary>
internal static class CheckpointGroup
{
    /// <summary>What a checkpoint's name has behind that of its model.</summary>
    public const string Extension = ".checkpoint";

    /// <summary>The options with a trainer's defaults.</summary>
    public static OptionGroup<TrainerOptions> Create(TrainerOptions defaults) => new()
    {
        {
            CommandOption.Of<string>(
                "--checkpoint", "FILE",
                $"Where the state of the training is kept until it has ended. [default: beside --out, with {Extension} behind "
                + "its name]"),
            options => options.CheckpointPath,
            (options, value) => options with { CheckpointPath = value }
        },
        {
            CommandOption.Of(
                "--checkpoint-minutes", "N",
                "The longest time between two checkpoints.", defaults.CheckpointInterval.TotalMinutes).Positive(),
            options => options.CheckpointInterval,
            (options, value) => options with { CheckpointInterval = TimeSpan.FromMinutes(value) }
        },
        {
            CommandOption.Flag("--resume", "Go on from the checkpoint of an interrupted training, where there is one."),
            options => options.Resume,
            (options, value) => options with { Resume = value }
        },
    };
}
