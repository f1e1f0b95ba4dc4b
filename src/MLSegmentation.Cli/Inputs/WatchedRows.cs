using System.Collections;

namespace MLSegmentation.Cli;

/// <summary>Rows that report how far they are read, and that stop when they are told to.</summary>
internal sealed class WatchedRows<T>(IReadOnlyList<T> rows, IProgress<ProgressStep> progress, CancellationToken cancellation)
    : IEnumerable<T>
{
    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new ProgressStep((double)i / rows.Count, $"image {i + 1} of {rows.Count}"));
            yield return rows[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
