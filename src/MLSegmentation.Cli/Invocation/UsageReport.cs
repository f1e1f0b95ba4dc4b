using System.CommandLine;
using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>Says on one line what is wrong with a command line, and what was probably meant.</summary>
internal static partial class UsageReport
{
    /// <summary>Writes the line to standard error.</summary>
    /// <returns><see cref="ExitCode.WrongUsage"/>.</returns>
    public static int Write(ParseResult result)
    {
        string command = string.Join(' ', result.CommandResult.Names());
        Console.Error.WriteLine(
            $"mlseg: {string.Join(' ', Problems(result, command).Distinct())} '{command} --help' shows what there is.");
        return ExitCode.WrongUsage;
    }

    private static IEnumerable<string> Problems(ParseResult result, string name)
    {
        Command command = result.CommandResult.Command;
        string[] unknown = [.. result.UnmatchedTokens],
            options = [.. unknown.Where(IsOption).Select(token => token.Split('=')[0])];
        if (command.Subcommands.Count > 0 && unknown.Length > 0)
        {
            if (!IsOption(unknown[0])) return [UnknownCommand(command, unknown[0])];
            if (command.Subcommands.MaxBy(one => Known(one, options)) is { } likely && Known(likely, options) > 0)
                return [MissingCommand(command, name, likely, unknown)];
        }

        // What is missing or left over beside a mistyped option comes of the mistake.
        return options.Length > 0
            ? options.Select(option => $"There is no option '{option}'.{Suggestion.For(option, KnownOptions(command))}")
            : result.Errors.Select(error => Sentence(error.Message));
    }

    private static string UnknownCommand(Command command, string typed) =>
        $"There is no command '{typed}'.{Suggestion.For(typed, command.Subcommands.Select(one => one.Name))}";

    private static string MissingCommand(Command command, string name, Command likely, string[] tokens)
    {
        string kinds = string.Join(", ", command.Subcommands.Select(one => $"'{one.Name}'"));
        IEnumerable<string> missing = likely.Options.Where(option => IsNeeded(option, tokens) && !tokens.Contains(option.Name))
            .Select(option => $"{option.Name} {option.HelpName}");
        return $"'{name}' needs one of {kinds}. "
            + $"Likely: {string.Join(' ', [name, likely.Name, .. tokens.Select(Quoted), .. missing])}.";
    }

    private static bool IsNeeded(Option option, string[] tokens) =>
        option.Required || (option is AlternativeOption { Other: var other } && !tokens.Contains(other));

    private static int Known(Command command, string[] options) => options.Count(KnownOptions(command).Contains);

    private static string[] KnownOptions(Command command) =>
        [.. command.Options.Append(CommonOptions.Verbose).SelectMany(option => option.Aliases.Append(option.Name))];

    private static bool IsOption(string token) => token.StartsWith('-') && token.Length > 1 && !char.IsAsciiDigit(token[1]);

    private static string Quoted(string token) => token.Any(char.IsWhiteSpace) ? $"'{token}'" : token;

    // The parser's own messages name .NET types (every option that it reads itself is a number, or true and false) and may have
    // several lines.
    private static string Sentence(string message)
    {
        string sentence = Whitespace().Replace(TypeName().Replace(message, "as a number"), " ").Trim();
        return sentence.EndsWith('?') ? sentence : sentence.TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"as expected type '[^']*'")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
