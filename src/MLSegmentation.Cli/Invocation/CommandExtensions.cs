using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>How a command gets to run.</summary>
internal static class CommandExtensions
{
    /// <summary>Lets the command run this, its errors reported and Ctrl-C turned into the token.</summary>
    public static Command Runs(this Command command, Action<ParseResult, CancellationToken> run)
    {
        // On a thread of its own: whoever waits for Ctrl-C must not wait for the command first.
        command.SetAction((result, cancellation) => Task.Run(
            () => ErrorReporting.Run(() => run(result, cancellation), result.GetValue(CommonOptions.Verbose)),
            CancellationToken.None));
        return command;
    }

    /// <summary>Lets the command have these options, and run with what they say.</summary>
    public static Command Runs<T>(this Command command, OptionGroup<T> group, Action<T, CancellationToken> run)
        where T : new()
    {
        group.AddTo(command);
        return command.Runs((result, cancellation) => run(group.Apply(result, new T()), cancellation));
    }

    /// <summary>The names that lead to the command, such as <c>mlseg</c>, <c>train</c>, <c>segmentation</c>.</summary>
    public static IEnumerable<string> Names(this CommandResult command) =>
        [.. command.Parent is CommandResult parent
            ? parent.Names()
            : [], command.Parent is null ? "mlseg" : command.Command.Name];
}
