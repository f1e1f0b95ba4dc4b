namespace MLSegmentation.Cli;

/// <summary>Progress of a check by the number of samples.</summary>
internal sealed class CheckProgress(IProgress<ProgressStep> progress, int samples) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) =>
        progress.Report(new ProgressStep((double)value / samples, $"checked {value} of {Plural.Of(samples, "image")}"));
}
