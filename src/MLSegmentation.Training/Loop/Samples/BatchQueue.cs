using System.Collections.Concurrent;

namespace MLSegmentation.Training;

/// <summary>
/// Batches of one epoch in their order, while they are made ahead of whoever takes them. Disposing it stops those who make them.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<Task<TrainingBatch>> _ready;
    private readonly Task _producer;

    /// <summary>Begins to make batches.</summary>
    /// <param name="room">Batches that are made ahead at most.</param>
    /// <param name="produce">Adds them, each perhaps still being made.</param>
    /// <param name="cancellation">Stops it too.</param>
    public BatchQueue(
        int room, Action<BlockingCollection<Task<TrainingBatch>>, CancellationToken> produce, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ready = new BlockingCollection<Task<TrainingBatch>>(room);
        _producer = Task.Factory.StartNew(
            () => Produce(produce), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether all batches are made or being made.</summary>
    public bool IsAllAdded => _ready.IsAddingCompleted;

    /// <summary>The batches; each is waited for.</summary>
    public IEnumerable<TrainingBatch> Take()
    {
        foreach (Task<TrainingBatch> batch in _ready.GetConsumingEnumerable(CancellationToken.None))
            yield return batch.GetAwaiter().GetResult();
        _producer.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Also within an epoch: the threads must be done before the queue is gone.
        _stop.Cancel();
        AwaitEnd(_producer);
        while (_ready.TryTake(out Task<TrainingBatch>? batch))
        {
            AwaitEnd(batch);
            if (batch.IsCompletedSuccessfully) batch.Result.Dispose();
        }
        _ready.Dispose();
        _stop.Dispose();
    }

    private static void AwaitEnd(IAsyncResult task) => task.AsyncWaitHandle.WaitOne();

    private void Produce(Action<BlockingCollection<Task<TrainingBatch>>, CancellationToken> produce)
    {
        try
        {
            produce(_ready, _stop.Token);
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
