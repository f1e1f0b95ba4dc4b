namespace MLSegmentation;

/// <summary>
/// Counts the runs of a session, so that disposing waits for them and no run begins afterwards. A disposed
/// <see cref="Microsoft.ML.OnnxRuntime.InferenceSession"/> that runs, or is disposed of while it runs, takes the process down.
/// </summary>
/// <param name="owner">The type that errors about a use after disposing name.</param>
/// <param name="advice">What else these errors say; null for nothing.</param>
internal sealed class RunsInFlight(string owner, string? advice = null)
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(true);
    private int _running;
    private bool _isClosed;

    /// <summary>Whether no run can begin any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate) return _isClosed;
        }
    }

    /// <summary>Begins a run; every one that begins also ends by <see cref="Exit"/>.</summary>
    /// <exception cref="ObjectDisposedException">The session was closed.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            if (_isClosed) throw new ObjectDisposedException(owner, $"The model was disposed of and can score no more.{advice}");
            if (_running++ == 0) _idle.Reset();
        }
    }

    /// <summary>Ends a run.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_running == 0) _idle.Set();
        }
    }

    /// <summary>Lets no run begin any more and waits for those in flight.</summary>
    /// <returns>False where another call closed it before; the session is then that call's to free.</returns>
    public bool Close()
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _isClosed = true;
        }
        _idle.Wait();
        return true;
    }
}
