using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say what it computes with, and where it can be watched.</summary>
internal static class ComputingGroup
{
    private static readonly Dictionary<string, ConvolutionPrecision> _precisions =
        Enum.GetValues<ConvolutionPrecision>().ToDictionary(one => one.ToString().ToLowerInvariant());

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
            TrainingDeviceName.Option(),
            options => options.Device,
            (options, value) => options with { Device = value }
        },
        {
            CommandOption.Of<string>(
                "--libtorch", "DIR",
                "The folder of another libtorch to compute with, such as torch/lib of Python's torch for CUDA. [default: the one "
                + $"that {TorchLibrary.Variable} names, else the one that comes along]"),
            options => options.LibTorchFolder,
            (options, value) => options with { LibTorchFolder = value }
        },
        {
            CommandOption.Named(
                "--precision", "NAME",
                "The numbers that convolutions are computed with: auto, float32, or bfloat16, which is faster where the device "
                + "computes with it, else slower. [default: auto, bfloat16 on a GPU that computes with it; "
                + "with --minutes, on a processor where trial steps in it are clearly faster; else float32]",
                _precisions),
            options => options.ConvolutionPrecision,
            (options, value) => options with { ConvolutionPrecision = value }
        },
        {
            CommandOption.Of<int>("--seed", "N", "Equal seeds give equal models. [default: 1]"),
            options => options.Seed,
            (options, value) => options with { Seed = value }
        },
    };
}
