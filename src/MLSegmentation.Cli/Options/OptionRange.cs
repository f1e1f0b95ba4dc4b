using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>The values that an option takes.</summary>
internal static class OptionRange
{
    /// <summary>Refuses values below the least one.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, double least) =>
        option.Check(value => value >= least, $"at least {least}");

    /// <summary>Refuses values below the first number, and from the second on.</summary>
    public static Option<T> Below<T>(this Option<T> option, double least, double end) =>
        option.Check(value => value >= least && value < end, $"at least {least} and below {end}");

    /// <summary>Refuses values below the first number, and above the second.</summary>
    public static Option<T> Within<T>(this Option<T> option, double least, double most) =>
        option.Check(value => value >= least && value <= most, $"{least} to {most}");

    /// <summary>Refuses 0, negative and infinite values.</summary>
    public static Option<T> Positive<T>(this Option<T> option) =>
        option.Check(value => value > 0 && double.IsFinite(value), "a number above 0");

    /// <summary>Refuses every value but these names.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] names)
    {
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => !names.Contains(token.Value)))
                result.AddError(CommandOption.Unknown(option.Name, token.Value, names));
        });
        return option;
    }

    private static Option<T> Check<T>(this Option<T> option, Func<double, bool> isRight, string expected)
    {
        option.Validators.Add(result =>
        {
            // A value that is no number at all has its error already.
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out double value) && !isRight(value))
                result.AddError($"Option '{option.Name}' is {result.Tokens[0].Value}, expected {expected}.");
        });
        return option;
    }
}
