using System.Diagnostics;

namespace MLSegmentation.Cli;

/// <summary>Progress as lines of text, for files and logs: one every ten seconds, and every milestone.</summary>
internal sealed class ProgressLines(TextWriter writer) : IProgress<ProgressStep>
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void Report(ProgressStep value)
    {
        if (_sinceLast.Elapsed < _interval && !value.IsMilestone) return;
        _sinceLast.Restart();
        writer.WriteLine($"{value.Fraction,5:P0}  {value.Text}");
    }
}
