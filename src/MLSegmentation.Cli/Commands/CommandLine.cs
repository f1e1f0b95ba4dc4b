using System.CommandLine;
using System.CommandLine.Invocation;

namespace MLSegmentation.Cli;

/// <summary>The command line as a whole: its commands, and what an invocation ends with.</summary>
internal static class CommandLine
{
    // Ctrl-C waits for a training step or an operator of a network to end before it ends the process by force.
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(20);

    /// <summary>Runs one invocation.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult result = Create().Parse(args);
        if (result.Action is ParseErrorAction && NamesNoCommand(result))
        {
            await Create().Parse([.. args, "--help"]).InvokeAsync();
            return ExitCode.WrongUsage;
        }
        if (result.Action is ParseErrorAction) return UsageReport.Write(result);
        using var termination = new Termination(_timeToEnd);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await termination.WaitFor(result.InvokeAsync(configuration, termination.Token));
    }

    private static RootCommand Create() => new(
        "Train, evaluate and run image segmentation models: TorchSharp trains them, ONNX Runtime runs them. Ends with "
        + $"{ExitCode.Done} when done, {ExitCode.Failed} where it failed, {ExitCode.WrongUsage} for a wrong command line, "
        + $"{ExitCode.OutputLost} where all files are written but what was to be printed is not, {ExitCode.Cancelled} after "
        + "Ctrl-C; what went wrong is a line on standard error.")
    {
        new Command("train", "Train a model and write it as an ONNX file.")
        {
            TrainSegmentationCommand.Create(),
            TrainAutoencoderCommand.Create(),
        },
        AdoptCommand.Create(),
        CheckCommand.Create(),
        ConvertCommand.Create(),
        EvaluateCommand.Create(),
        MergeCommand.Create(),
        PrelabelCommand.Create(),
        SplitCommand.Create(),
        ReviewCommand.Create(),
        SegmentCommand.Create(),
        InfoCommand.Create(),
        new Command("weights", "Fetch trained weights for encoders.") { WeightsGetCommand.Create(), WeightsListCommand.Create() },
        CommonOptions.Verbose,
    };

    private static bool NamesNoCommand(ParseResult result) =>
        result.CommandResult.Command.Subcommands.Count > 0 && result.UnmatchedTokens.Count == 0;
}
