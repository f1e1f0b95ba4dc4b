using System.Collections.Concurrent;

namespace MLSegmentation;

/// <summary>
/// A few threads that work is done on, for as long as they are needed. Native libraries keep memory for each thread that they are
/// called on, and the pool's threads grow in number: over thousands of images on a busy machine memory grew with them.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many, at least 1.</param>
    public WorkerThreads(int count)
    {
        _threads =
            [.. Enumerable.Range(0, count).Select(_ => new Thread(Work) { IsBackground = true, Name = nameof(WorkerThreads) })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Does work on one of the threads as soon as one is free. Whoever awaits the result goes on elsewhere.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                completion.SetResult(work());
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }

    /// <summary>Says that no more work comes: the threads end with the last of it, whether or not this is disposed of.</summary>
    public void Complete() => _work.CompleteAdding();

    /// <summary>Waits for the work that there is, and for the threads' end.</summary>
    public void Dispose()
    {
        Complete();
        foreach (Thread thread in _threads) thread.Join();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (Action action in _work.GetConsumingEnumerable()) action();
    }
}
