using Spectre.Console;

namespace MLSegmentation.Cli;

/// <summary>Shows the progress of a long command: a bar that moves on a terminal, a line every ten seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="start">What to show until the first report.</param>
    /// <param name="isJson">Whether standard output belongs to a JSON object, so that progress goes to standard error.</param>
    /// <param name="work">What to run.</param>
    public static T Run<T>(string start, bool isJson, Func<IProgress<ProgressStep>, T> work)
    {
        TextWriter writer = isJson ? Console.Error : Console.Out, terminal = isJson ? Terminal.Error : Terminal.Output;
        if (isJson ? Console.IsErrorRedirected : Console.IsOutputRedirected) return work(new ProgressLines(writer));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) });
        return console.Profile.Capabilities.Ansi ? RunLive(console, start, work) : work(new ProgressLines(writer));
    }

    private static T RunLive<T>(IAnsiConsole console, string start, Func<IProgress<ProgressStep>, T> work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context => work(new ProgressBar(context.AddTask(ProgressBar.Text(start), maxValue: 1), console)));
}
