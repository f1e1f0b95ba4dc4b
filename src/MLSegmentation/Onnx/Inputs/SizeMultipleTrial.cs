namespace MLSegmentation;

/// <summary>What a model's sizes must be multiples of, found by trying it once.</summary>
/// <param name="model">The model.</param>
internal sealed class SizeMultipleTrial(OnnxModelInfo model)
{
    private readonly Lock _trying = new();
    private int? _found;

    /// <summary>The multiple. The first call runs the network on a few images of about 64 pixels a side.</summary>
    /// <param name="scores">
    /// The height and width of the scores of an image of that height and width. It throws where the graph cannot take one.
    /// </param>
    public int Find(Func<int, int, (long Height, long Width)> scores)
    {
        lock (_trying)
        {
            return _found ??= SizeMultipleSearch.Find(model.Height, model.Width, (height, width) => Try(scores, height, width));
        }
    }

    private static (long Height, long Width)? Try(Func<int, int, (long Height, long Width)> scores, int height, int width)
    {
        try
        {
            return scores(height, width);
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            return null;
        }
    }
}
