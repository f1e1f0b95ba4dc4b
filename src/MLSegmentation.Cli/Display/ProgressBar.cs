using Spectre.Console;

namespace MLSegmentation.Cli.Display;

/// <summary>Progress as a bar that the console redraws by itself.</summary>
internal sealed class ProgressBar(ProgressTask task) : IProgress<ProgressStep>
{
    /// <inheritdoc/>
    public void Report(ProgressStep value)
    {
        task.Value = value.Fraction;
        task.Description = Markup.Escape(value.Text);
    }
}
