using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Puts a download's progress into words.</summary>
internal sealed class DownloadReport(IProgress<ProgressStep> display) : IProgress<DownloadProgress>
{
    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        string connection = value.Attempt > 1 ? $", connection {value.Attempt}" : "";
        display.Report(new ProgressStep(
            (double)value.Bytes / value.Total,
            $"{Megabytes(value.Bytes)} of {Megabytes(value.Total)} MB, {Megabytes(value.BytesPerSecond)} MB/s{connection}"));
    }

    /// <summary>Bytes in millions, such as <c>58.9</c>.</summary>
    public static string Megabytes(double bytes) => $"{bytes / 1e6:F1}";
}
