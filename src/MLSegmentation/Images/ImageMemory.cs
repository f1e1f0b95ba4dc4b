namespace MLSegmentation;

/// <summary>
/// Shares out memory among the images that are decoded at one time in this process, and the masks that are made of them: usual
/// ones never wait, of the largest one is decoded after the other.
/// </summary>
internal static class ImageMemory
{
    /// <summary>
    /// What one image may take, and what all that are decoded at one time take together: 2 GB. What takes more goes alone.
    /// </summary>
    public const long Bytes = 2L << 30;

    private static readonly Lock _entrance = new();
    private static readonly object _change = new();
    private static long _taken;

    /// <summary>Takes memory for an image, as soon as those before have left enough.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>To be disposed of when the memory is free again.</returns>
    public static IDisposable Take(long bytes)
    {
        // Who waits for much keeps those behind from taking little for ever.
        lock (_entrance)
        {
            lock (_change)
            {
                while (_taken > 0 && _taken + bytes > Bytes) Monitor.Wait(_change);
                _taken += bytes;
            }
        }
        return new Share(bytes);
    }

    private static void Return(long bytes)
    {
        lock (_change)
        {
            _taken -= bytes;
            Monitor.PulseAll(_change);
        }
    }

    private sealed class Share(long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => Return(Interlocked.Exchange(ref _bytes, 0));
    }
}
