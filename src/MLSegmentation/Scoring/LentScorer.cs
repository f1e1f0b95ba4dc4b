using System.Collections.Concurrent;

namespace MLSegmentation;

/// <summary>A scorer that goes back to others when this is disposed of.</summary>
/// <param name="scorer">The scorer.</param>
/// <param name="free">Those that nobody has.</param>
internal sealed class LentScorer(ImageScorer scorer, ConcurrentBag<ImageScorer> free) : IDisposable
{
    /// <summary>Segments an image; the mask is valid until this is disposed of.</summary>
    /// <inheritdoc cref="ImageScorer.Score"/>
    public SegmentedImage Score(ImageSource source, CancellationToken cancellation = default) =>
        scorer.Score(source, cancellation);

    public void Dispose()
    {
        scorer.FreeLarge();
        free.Add(scorer);
    }
}
