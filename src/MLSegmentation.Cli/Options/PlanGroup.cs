namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say how a training is planned.</summary>
internal static class PlanGroup
{
    private const string Measured = "auto";
    private static readonly string[] _answers = ["true", "false", Measured];

    /// <summary>The options.</summary>
    public static OptionGroup<TrainSegmentationOptions> Create() => new()
    {
        {
            CommandOption.Flag(
                "--plan", "Say what would be trained, and why, and stop. Nothing is trained or written."),
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
            CommandOption.Of<int>(
                "--memory", "N",
                "Megabytes that a training step may take; batches are made smaller to fit. [default: three quarters of what is "
                + "free]").AtLeast(1),
            options => options.Trainer.MemoryMegabytes,
            (options, value) => options with { Trainer = options.Trainer with { MemoryMegabytes = value } }
        },
    };
}
