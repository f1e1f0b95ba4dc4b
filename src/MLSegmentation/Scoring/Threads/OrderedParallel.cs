using System.Collections.Concurrent;

namespace MLSegmentation;

/// <summary>Works on items on all processors and gives the results in the items' order, each as soon as it is known.</summary>
internal static class OrderedParallel
{
    /// <summary>Applies a function to each item.</summary>
    /// <param name="items">What to work on; one is taken at a time.</param>
    /// <param name="work">Runs on several threads; where it throws, so does the enumeration.</param>
    /// <param name="cancellation">Ends the enumeration.</param>
    public static IEnumerable<TResult> Select<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancellation) =>
        Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithCancellation(cancellation).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(work);
}
