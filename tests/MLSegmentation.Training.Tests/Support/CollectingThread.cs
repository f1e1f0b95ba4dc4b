namespace MLSegmentation.Training.Tests;

/// <summary>Collects garbage on another thread until it is disposed of, as making batches does now and then.</summary>
internal sealed class CollectingThread : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    public CollectingThread() => _task = Task.Run(() =>
    {
        while (!_stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    });

    public void Dispose()
    {
        _stop.Cancel();
        _task.Wait();
        _stop.Dispose();
    }
}
