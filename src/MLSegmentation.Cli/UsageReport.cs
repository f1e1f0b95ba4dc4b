using System.CommandLine;
using System.Text.RegularExpressions;
using MLSegmentation.Cli.Commands;

namespace MLSegmentation.Cli;

/// <summary>Says on one line what is wrong with a command line.</summary>
internal static partial class UsageReport
{
    /// <summary>Writes the line to standard error.</summary>
    /// <returns><see cref="ExitCode.WrongUsage"/>.</returns>
    public static int Write(ParseResult result)
    {
        string command = string.Join(' ', result.CommandResult.Names());
        string problems = string.Join(' ', result.Errors.Select(error => Sentence(error.Message)).Distinct());
        Console.Error.WriteLine($"mlseg: {problems} '{command} --help' shows what there is.");
        return ExitCode.WrongUsage;
    }

    // The parser's own messages name .NET types (every option that it reads itself is a number, or true and false) and may have several lines.
    private static string Sentence(string message) =>
        Whitespace().Replace(TypeName().Replace(message, "as a number"), " ").Trim().TrimEnd('.') + ".";

    [GeneratedRegex(@"as expected type '[^']*'")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
