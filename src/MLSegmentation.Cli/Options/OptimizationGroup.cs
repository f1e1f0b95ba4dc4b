using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how the weights are found.</summary>
internal static class OptimizationGroup
{
    private static readonly Dictionary<string, OptimizerKind> _optimizers = new()
    {
        ["adam"] = OptimizerKind.Adam,
        ["adamw"] = OptimizerKind.AdamW,
        ["sgd"] = OptimizerKind.Sgd,
    };

    /// <summary>The options with a trainer's defaults.</summary>
    /// <param name="defaults">The trainer's defaults.</param>
    /// <param name="batch">What the help says of a batch without the option.</param>
    /// <param name="rate">What the help says of the learning rate without the option.</param>
    /// <param name="epochs">What the help says of the epochs.</param>
    /// <param name="minutes">What the help says of the time to train for.</param>
    public static OptionGroup<TrainerOptions> Create(
        TrainerOptions defaults, string batch, string rate, string epochs, string minutes) => new()
    {
        {
            CommandOption.Of<int>("--epochs", "N", epochs).AtLeast(1),
            options => options.Epochs,
            (options, value) => options with { Epochs = value }
        },
        {
            CommandOption.Of<double>("--minutes", "N", minutes).Positive(),
            options => options.TimeBudget,
            (options, value) => options with { TimeBudget = TimeSpan.FromMinutes(value) }
        },
        {
            CommandOption.Of<int>("--batch", "N", $"Images a batch. [default: {batch}]").AtLeast(1),
            options => options.BatchSize,
            (options, value) => options with { BatchSize = value }
        },
        {
            CommandOption.Of<double>("--learning-rate", "X", $"The highest learning rate. [default: {rate}]").Positive(),
            options => options.LearningRate,
            (options, value) => options with { LearningRate = value }
        },
        {
            CommandOption.Parsed(
                "--schedule", "NAME",
                $"How the learning rate runs: {ScheduleName.Help}. [default: {ScheduleName.Of(defaults.Schedule)}]",
                ScheduleName.Parse),
            options => options.Schedule,
            (options, value) => options with { Schedule = value with { WarmUp = options.Schedule.WarmUp } }
        },
        {
            CommandOption.Of(
                "--warm-up", "X",
                "The part of the training in which the learning rate rises.", defaults.Schedule.WarmUp).Below(0, 1),
            options => options.Schedule.WarmUp,
            (options, value) => options with { Schedule = options.Schedule with { WarmUp = value } }
        },
        {
            CommandOption.Named(
                "--optimizer", "NAME",
                $"{string.Join(", ", _optimizers.Keys)}. [default: "
                + $"{_optimizers.First(one => one.Value == defaults.Optimizer).Key}]", _optimizers),
            options => options.Optimizer,
            (options, value) => options with { Optimizer = value }
        },
        {
            CommandOption.Of<double>(
                "--weight-decay", "X",
                $"The factor by which weights are drawn to 0. [default: {TrainerOptions.DecoupledDecay} for adamw, else 0]")
                .AtLeast(0),
            options => options.WeightDecay,
            (options, value) => options with { WeightDecay = value }
        },
        {
            CommandOption.Of("--momentum", "X", "The part of its last step that sgd keeps.", defaults.Momentum).Below(0, 1),
            options => options.Momentum,
            (options, value) => options with { Momentum = value }
        },
        {
            CommandOption.Of("--accumulate", "N", "Batches a step.", defaults.GradientAccumulation).AtLeast(1),
            options => options.GradientAccumulation,
            (options, value) => options with { GradientAccumulation = value }
        },
        {
            CommandOption.Of<double>("--clip-norm", "X", "The largest norm of the gradients. [default: none]").Positive(),
            options => options.GradientClipNorm,
            (options, value) => options with { GradientClipNorm = value }
        },
        {
            CommandOption.Of(
                "--average", "X",
                "The decay of a moving average of the weights, such as 0.999; 0 for none.", defaults.WeightAveraging).Below(0, 1),
            options => options.WeightAveraging,
            (options, value) => options with { WeightAveraging = value }
        },
        result => result.Gives("--epochs") && result.Gives("--minutes") ? "Give '--epochs' or '--minutes', not both." : null,
    };
}
