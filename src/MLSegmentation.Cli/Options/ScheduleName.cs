using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Learning rate schedules by name: <c>cosine</c>, or with numbers, <c>step:0.25,0.5</c>.</summary>
internal static class ScheduleName
{
    private static readonly string[] _names = ["constant", "cosine", "polynomial", "step"];

    /// <summary>What there is.</summary>
    public const string Help =
        "constant, cosine, polynomial or polynomial:POWER (0.9), step or step:PART,FACTOR (a tenth after each third)";

    /// <summary>The name of a schedule, without its numbers.</summary>
    public static string Of(LearningRateSchedule schedule) => schedule.GetType().Name.ToLowerInvariant();

    /// <summary>The schedule that is meant; an error where it is none.</summary>
    public static LearningRateSchedule? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split(':', 2);
        double?[] numbers = parts.Length == 1 ? []
            : [.. parts[1].Split(',')
                .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out double number) ? number : (double?)null)];
        LearningRateSchedule? schedule = (parts[0], numbers) switch
        {
            ("constant", []) => new LearningRateSchedule.Constant(),
            ("cosine", []) => new LearningRateSchedule.Cosine(),
            ("polynomial", []) => new LearningRateSchedule.Polynomial(),
            ("polynomial", [> 0 and double power]) => new LearningRateSchedule.Polynomial { Power = power },
            ("step", []) => new LearningRateSchedule.Step(),
            ("step", [> 0 and double every, >= 0 and <= 1 and double factor]) =>
                new LearningRateSchedule.Step { Every = every, Factor = factor },
            _ => null,
        };
        if (schedule is null)
        {
            result.AddError(
                $"Option '--schedule' is {text}, "
                + $"expected {Help}.{Suggestion.For(parts[0], _names.Where(name => name != parts[0]))}");
        }
        return schedule;
    }
}
