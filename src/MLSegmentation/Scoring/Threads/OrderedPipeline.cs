using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MLSegmentation;

/// <summary>
/// Works on a few items at once and gives the results in the items' order; however many items come, only those few are in memory.
/// </summary>
internal static class OrderedPipeline
{
    /// <summary>Applies a function to each item.</summary>
    /// <param name="items">What to work on; read on as results are taken.</param>
    /// <param name="work">
    /// Runs on <paramref name="atOnce"/> threads; where it throws, so does the enumeration, in the item's place.
    /// </param>
    /// <param name="atOnce">The most items being worked on, at least 1; as many results more may wait to be taken.</param>
    /// <param name="cancellation">Ends the enumeration; items being worked on are waited for.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, TResult> work, int atOnce,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var workers = new WorkerThreads(atOnce);
        var results = Channel.CreateBounded<Task<TResult>>(atOnce);
        Task reading = ReadAsync(items, work, workers, results.Writer, stop.Token);
        try
        {
            await foreach (Task<TResult> result in results.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
                yield return await result.ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        finally
        {
            // Also reached when the consumer stops early or an item failed: nothing goes on behind its back.
            stop.Cancel();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (results.Reader.TryRead(out Task<TResult>? left))
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, TResult> work, WorkerThreads workers, ChannelWriter<Task<TResult>> results,
        CancellationToken stop)
    {
        try
        {
            await foreach (TItem item in items.WithCancellation(stop).ConfigureAwait(false))
            {
                Task<TResult> result = workers.Run(() =>
                {
                    stop.ThrowIfCancellationRequested();
                    return work(item);
                });
                await results.WriteAsync(result, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            results.Complete();
        }
    }
}
