using System.CommandLine;
using System.CommandLine.Invocation;
using MLSegmentation.Cli.Commands;

namespace MLSegmentation.Cli;

/// <summary>The command line as a whole: its commands, and what an invocation ends with.</summary>
internal static class CommandLine
{
    // A training step, an epoch's validation or one large image may still have to end before the command can.
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(20);

    /// <summary>Runs one invocation.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult result = Create().Parse(args);
        int code = await Configure(result).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = _timeToEnd });
        return result.Action is ParseErrorAction ? ExitCode.WrongUsage : code;
    }

    private static RootCommand Create() => new("Train, evaluate and run image segmentation models: TorchSharp trains them, ONNX Runtime runs them.")
    {
        new Command("train", "Train a model and write it as an ONNX file.") { TrainSegmentationCommand.Create(), TrainAutoencoderCommand.Create() },
        EvaluateCommand.Create(),
        SegmentCommand.Create(),
        InfoCommand.Create(),
        CommonOptions.Verbose,
    };

    private static ParseResult Configure(ParseResult result)
    {
        // A mistake in one option should not push its message off the screen with a page of help.
        if (result.Action is ParseErrorAction error) error.ShowHelp = result.Tokens.Count == 0 || result.CommandResult.Command.Subcommands.Count > 0;
        return result;
    }
}
