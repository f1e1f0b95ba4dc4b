using System.Reflection;
using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>Turns what a command throws into one line on standard error and an exit code.</summary>
internal static partial class ErrorReporting
{
    /// <summary>Runs a command.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="isVerbose">Whether the stack trace is wanted too.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(Action command, bool isVerbose)
    {
        try
        {
            command();
            return ExitCode.Done;
        }
        catch (Exception error)
        {
            Exception cause = Unwrap(error);
            Console.Error.WriteLine($"mlseg: {Describe(cause)}");
            if (isVerbose) Console.Error.WriteLine(error);
            return cause switch
            {
                OperationCanceledException => ExitCode.Cancelled,
                UsageException => ExitCode.WrongUsage,
                _ => ExitCode.Failed,
            };
        }
    }

    private static Exception Unwrap(Exception error) =>
        error is AggregateException or TargetInvocationException or TypeInitializationException
            && error.InnerException is { } inner ? Unwrap(inner) : error;

    private static string Describe(Exception error) => error switch
    {
        CancelledException => OneLine(error.Message),
        OperationCanceledException => "Cancelled. No unfinished file is left behind.",
        OutOfMemoryException => "There is not enough memory. Use smaller images or a smaller batch.",
        IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or FormatException or UsageException or UnwritableException or Training.TrainingDivergedException =>
                OneLine(error.Message),
        _ =>
            $"{error.GetType().Name}: {error.Message.Split('\n')[0].Trim()} This was not expected; --verbose shows where it "
            + "comes from.",
    };

    /// <summary>A message on one line, in the words of the command line.</summary>
    public static string OneLine(string message) =>
        OptionWords.Translate(Whitespace().Replace(ParameterNote().Replace(message, ""), " ").Trim());

    // ArgumentException appends what helps a programmer: the parameter's name and its value.
    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)")]
    private static partial Regex ParameterNote();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex Whitespace();
}
