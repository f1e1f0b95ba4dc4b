namespace MLSegmentation;

/// <summary>How the cores are shared out between runs of a network.</summary>
/// <param name="Threads">
/// ONNX Runtime's threads: what one run uses, of which one is the caller's own. Runs at the same time share the others.
/// </param>
/// <param name="RunsAtOnce">The most runs at the same time; others wait for their turn. Null for any number.</param>
internal readonly record struct SessionThreads(int Threads, int? RunsAtOnce)
{
    private const int SmallPixels = 1 << 17, CoresOfRun = 4;

    /// <summary>
    /// The threads for a network. Two runs on half of the cores each do more than one on all, some percent at 512×512 and more
    /// below; but each takes the memory of one, so networks that are larger, or may be, have the cores to themselves: up to four
    /// of them, more than which one run makes little of.
    /// </summary>
    /// <param name="height">The height that the network takes; null for any.</param>
    /// <param name="width">The width that it takes; null for any.</param>
    /// <param name="threads">
    /// The threads that one run is to use, with any number of runs at the same time; null for this choice.
    /// </param>
    /// <param name="cores">The cores of the machine.</param>
    public static SessionThreads For(int? height, int? width, int? threads, int cores)
    {
        if (threads is int given) return new SessionThreads(given, null);
        bool isSmall = (long?)height * width <= SmallPixels;
        int runs = Math.Min(cores, Math.Max(isSmall ? 2 : 1, cores / CoresOfRun));
        return new SessionThreads(cores - runs + 1, runs);
    }
}
