namespace MLSegmentation.Training.Tests;

/// <summary>Reports where the bytes arrive; <see cref="Progress{T}"/> would post the reports to another thread.</summary>
internal sealed class DirectProgress(Action<DownloadProgress> report) : IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => report(value);
}
