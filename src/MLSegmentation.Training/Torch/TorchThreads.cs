using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// How many threads TorchSharp computes an operation with, until it is disposed; then it is what it was. OpenMP keeps the number
/// for each thread that calls, so it is made, trained with and disposed on one thread.
/// </summary>
internal sealed class TorchThreads : IDisposable
{
    private readonly int _before;

    /// <summary>Sets the number.</summary>
    /// <param name="count">At least 1; null leaves it as it is, by default one for each core.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    /// <exception cref="InvalidOperationException">No native library of TorchSharp can be loaded.</exception>
    public TorchThreads(int? count)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, "Give at least one thread, or null for one on each core.");
        }
        TorchBackend.EnsureAvailable();
        _before = get_num_threads();
        if (count is int threads) set_num_threads(threads);
    }

    /// <summary>Sets the number that was there before.</summary>
    public void Dispose() => set_num_threads(_before);
}
