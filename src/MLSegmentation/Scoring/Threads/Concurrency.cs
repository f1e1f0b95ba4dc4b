namespace MLSegmentation;

/// <summary>How images are scored that come one after the other.</summary>
internal static class Concurrency
{
    /// <summary>
    /// How many images of one stream are worked on at once: one is decoded, or its mask written, while the other is with the
    /// network; more of them would only take memory.
    /// </summary>
    public const int ImagesAtOnce = 2;
}
