namespace MLSegmentation;

/// <summary>Lets a few callers at a time do something; the others wait.</summary>
/// <param name="atOnce">How many, at least 1; null for any number.</param>
internal sealed class Turns(int? atOnce)
{
    private readonly SemaphoreSlim? _free = atOnce is int count ? new SemaphoreSlim(count) : null;

    /// <summary>Does something in its turn.</summary>
    /// <exception cref="OperationCanceledException">The wait for it was ended.</exception>
    public T Take<T>(Func<T> action, CancellationToken cancellation = default)
    {
        if (_free is null) return action();
        _free.Wait(cancellation);
        try
        {
            return action();
        }
        finally
        {
            _free.Release();
        }
    }
}
