namespace MLSegmentation.Scoring;

/// <summary>How the processor's cores are shared out when images are scored one after the other.</summary>
internal static class Concurrency
{
    /// <summary>
    /// How many images of one stream are scored at once. Two networks on half of the threads each do more than one on all of them, and one
    /// image is decoded or written while the other is with the network; more of them would only take memory.
    /// </summary>
    public const int ImagesAtOnce = 2;

    /// <summary>The threads of one run of the network where nobody says: the cores shared out between the images.</summary>
    public static int DefaultThreads => Math.Max(Environment.ProcessorCount / ImagesAtOnce, 1);
}
