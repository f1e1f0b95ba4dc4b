using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train</c> that say how a training is planned.</summary>
internal static class PlanGroup
{
    private const string Measured = "auto";
    private static readonly string[] _answers = ["true", "false", Measured];

    /// <summary>Whether to say what would be trained, and no more.</summary>
    public static Option<bool> OnlyPlans() => CommandOption.Flag(
        "--plan", "Say what would be trained, and why, and stop. Nothing is trained or written.");

    /// <summary>What a step of a training may take.</summary>
    public static Option<int> Memory() => CommandOption.Of<int>(
        "--memory", "N",
        "Megabytes that a training step may take; batches are made smaller to fit. [default: three quarters of what is free]")
        .AtLeast(1);

    /// <summary>The options of a segmentation.</summary>
    public static OptionGroup<TrainSegmentationOptions> OfSegmentation() => new()
    {
        {
            OnlyPlans(),
            options => options.OnlyPlans,
            (options, value) => options with { OnlyPlans = value }
        },
        {
            CommandOption.Of(
                "--upright", "true|false|auto",
                "Whether up matters in the images; where it does not, half of them are mirrored top to bottom too. auto asks a "
                + "simple classifier whether it can tell them from themselves upside down.", Measured).OneOf(_answers),
            options => options.Trainer.Upright,
            (options, value) => options with
            {
                Trainer = options.Trainer with { Upright = value == Measured ? null : bool.Parse(value) },
            }
        },
        {
            Memory(),
            options => options.Trainer.MemoryMegabytes,
            (options, value) => options with { Trainer = options.Trainer with { MemoryMegabytes = value } }
        },
    };
}
