using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say what it computes with, and where it can be watched.</summary>
internal static class ComputingGroup
{
    /// <summary>The options with a trainer's defaults.</summary>
    public static OptionGroup<TrainerOptions> Create(TrainerOptions defaults) => new()
    {
        {
            CommandOption.Of<string>("--tensorboard", "DIR", "A folder for curves and pictures that TensorBoard shows."),
            options => options.TensorBoardFolder,
            (options, value) => options with { TensorBoardFolder = value }
        },
        {
            CommandOption.Of<int>("--threads", "N", "Threads to compute with. [default: one for each core]").AtLeast(1),
            options => options.Threads,
            (options, value) => options with { Threads = value }
        },
        {
            CommandOption.Of(
                "--cache-megabytes", "N",
                "Memory for images brought to their size, and for features of a frozen encoder; a larger set is read anew each "
                + "epoch.",
                defaults.CacheMegabytes).AtLeast(0),
            options => options.CacheMegabytes,
            (options, value) => options with { CacheMegabytes = value }
        },
        {
            CommandOption.Flag(
                "--bf16",
                "Compute convolutions with 16-bit numbers: faster where the processor has instructions for them, else slower."),
            options => options.ConvolutionPrecision,
            (options, value) => options with
            {
                ConvolutionPrecision = value ? ConvolutionPrecision.BFloat16 : ConvolutionPrecision.Float32,
            }
        },
        {
            CommandOption.Of<int>("--seed", "N", "Equal seeds give equal models. [default: 1]"),
            options => options.Seed,
            (options, value) => options with { Seed = value }
        },
    };
}
