namespace MLSegmentation.Cli;

/// <summary>Progress of the painting of masks by their number.</summary>
internal sealed class PaintProgress(IProgress<ProgressStep> progress, int masks) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) =>
        progress.Report(new ProgressStep((double)value / masks, $"painted {value} of {Plural.Of(masks, "mask")}"));
}
