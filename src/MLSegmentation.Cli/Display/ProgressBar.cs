using Spectre.Console;

namespace MLSegmentation.Cli;

/// <summary>Progress as a bar that the console redraws by itself.</summary>
internal sealed class ProgressBar(ProgressTask task, IAnsiConsole console) : IProgress<ProgressStep>
{
    /// <inheritdoc/>
    public void Report(ProgressStep value)
    {
        task.Value = value.Fraction;
        string[] lines = value.Text.Split(Environment.NewLine);
        if (lines.Length > 1)
        {
            // A table stays above the bar.
            foreach (string line in lines) console.WriteLine(PrintableText.Of(line));
            return;
        }
        task.Description = Text(value.Text);
    }

    /// <summary>Text as it is shown beside the bar, which goes to the terminal as it is.</summary>
    public static string Text(string text) => Markup.Escape(PrintableText.Of(text));
}
