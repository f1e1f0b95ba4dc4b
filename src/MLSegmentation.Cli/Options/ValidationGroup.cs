using System.CommandLine.Parsing;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how it is validated.</summary>
internal static class ValidationGroup
{
    /// <summary>The options with a trainer's defaults.</summary>
    /// <param name="defaults">The trainer's defaults.</param>
    /// <param name="others">Names of the command's other options that give images to validate with.</param>
    public static OptionGroup<TrainerOptions> Create(TrainerOptions defaults, params string[] others) => new()
    {
        {
            CommandOption.Of(
                "--validation", "X",
                "The part of the images that is held back for validation.", defaults.ValidationFraction).Below(0, 1),
            options => options.ValidationFraction,
            (options, value) => options with { ValidationFraction = value }
        },
        {
            CommandOption.Of(
                "--validation-every", "N", "Epochs from one validation to the next.", defaults.ValidationInterval).AtLeast(1),
            options => options.ValidationInterval,
            (options, value) => options with { ValidationInterval = value }
        },
        {
            CommandOption.Of<int>(
                "--patience", "N",
                "Validations without a better one after which the training ends. [default: it never does]").AtLeast(1),
            options => options.EarlyStoppingPatience,
            (options, value) => options with { EarlyStoppingPatience = value }
        },
        {
            CommandOption.Flag("--keep-last", "Write the last weights, not those of the best validation."),
            options => options.RestoreBestWeights,
            (options, value) => options with { RestoreBestWeights = !value }
        },
        result => Problem(result, others),
    };

    private static string? Problem(CommandResult result, string[] others)
    {
        bool hasOther = others.Any(result.Gives), hasPart = result.GetValue<double>("--validation") > 0;
        if (hasOther && hasPart) return "Give '--validation' or images to validate with, not both.";
        return result.Gives("--patience") && !hasOther && !hasPart
            ? "Option '--patience' needs images to validate with, such as '--validation 0.1'."
            : null;
    }
}
