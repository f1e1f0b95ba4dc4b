using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>Makes options of the command line.</summary>
internal static class CommandOption
{
    /// <summary>An option with a value.</summary>
    /// <param name="name">What is typed, such as <c>--size</c>.</param>
    /// <param name="value">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    public static Option<T> Of<T>(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <summary>An option with a value whose default help shows.</summary>
    /// <inheritdoc cref="Of{T}(string, string, string)"/>
    public static Option<T> Of<T>(string name, string value, string description, T fallback)
    {
        Option<T> option = Of<T>(name, value, description);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    /// <summary>An option without a value.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">What help says.</param>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>An option whose value is read from text.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="value">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="parse">Reads the value, or notes an error.</param>
    public static Option<T> Parsed<T>(string name, string value, string description, Func<ArgumentResult, T?> parse)
    {
        Option<T> option = Of<T>(name, value, description);
        option.CustomParser = parse;
        return option;
    }

    /// <summary>An option whose value is one of some names.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="value">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="values">What each name stands for.</param>
    public static Option<T> Named<T>(string name, string value, string description, IReadOnlyDictionary<string, T> values) =>
        Parsed(name, value, description, result =>
        {
            string text = result.Tokens[0].Value;
            if (values.TryGetValue(text, out T? found)) return found;
            result.AddError(Unknown(name, text, [.. values.Keys]));
            return default;
        });

    /// <summary>The error of an option whose value is none of the names that there are.</summary>
    public static string Unknown(string option, string typed, IReadOnlyCollection<string> known) =>
        $"Option '{option}' is {typed}, expected {string.Join(", ", known)}.{Suggestion.For(typed, known)}";

    /// <summary>Whether the command line itself gives an option, and not its default.</summary>
    public static bool Gives(this ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Whether the command line itself gives an option of that name.</summary>
    public static bool Gives(this SymbolResult result, string option) =>
        result.GetResult(option) is OptionResult { Implicit: false };
}
