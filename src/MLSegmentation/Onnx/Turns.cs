namespace MLSegmentation.Onnx;

/// <summary>Lets a few callers at a time do something; the others wait.</summary>
/// <param name="atOnce">How many, at least 1; null for any number.</param>
internal sealed class Turns(int? atOnce)
{
    private readonly SemaphoreSlim? _free = atOnce is int count ? new SemaphoreSlim(count) : null;

    /// <summary>Does something in its turn.</summary>
    public T Take<T>(Func<T> action)
    {
        if (_free is null) return action();
        _free.Wait();
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
