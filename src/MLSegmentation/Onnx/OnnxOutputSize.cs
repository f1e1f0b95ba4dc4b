namespace MLSegmentation;

/// <summary>How large a graph's outputs may be: few bytes of a graph can make any number of values of a small image.</summary>
/// <param name="model">The model.</param>
/// <param name="scores">Its output of a number of values for each pixel of about the image's; null where there is none.</param>
internal sealed class OnnxOutputSize(OnnxModelInfo model, SegmentationOutput? scores)
{
    // What .NET reads of one tensor.
    private const long MostValues = int.MaxValue;

    /// <summary>The most pixels of scores for each pixel of an image that is not small.</summary>
    public const long ScoresPerPixel = 16;

    // Tiny images show how scores grow to a factor of about 2 along each side, where a graph rounds sizes.
    private const long SmallImage = 1 << 20, Tolerance = 4;

    /// <summary>
    /// Throws where an output is too large for the image: it has more than 2,147,483,647 values, or scores of more pixels than 16
    /// for each of the image's and 16 million.
    /// </summary>
    /// <param name="name">The output.</param>
    /// <param name="shape">
    /// Its sizes, those that it has or those that it is declared to have; one that is free is below 1.
    /// </param>
    /// <param name="height">The height of the image as the network sees it.</param>
    /// <param name="width">Its width.</param>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public void Check(string name, ReadOnlySpan<long> shape, int height, int width)
    {
        double values = 1;
        foreach (long size in shape) values *= Math.Max(1, size);
        if (values > MostValues)
            throw TooLarge(name, shape, height, width, $"at most {MostValues} values");
        bool isScores = name == scores?.Name && shape.Length == scores.Value.Dimensions.Count;
        if (isScores
            && Math.Max(1, shape[scores!.HeightAxis]) * Math.Max(1, shape[scores.WidthAxis])
                > ScoresPerPixel * Math.Max(SmallImage, (long)height * width))
        {
            throw TooLarge(
                name, shape, height, width, $"scores of about its size, at most {ScoresPerPixel} for each of its pixels");
        }
    }

    /// <summary>Throws where an output is declared to be too large, before anything is computed.</summary>
    /// <inheritdoc cref="Check"/>
    public void CheckDeclared(string name, int height, int width)
    {
        if (model.FindOutput(name) is { } output) Check(name, [.. output.Dimensions.Select(size => (long)size)], height, width);
    }

    /// <summary>Whether only a run shows how large the scores are.</summary>
    /// <param name="outputs">The outputs that are to be computed.</param>
    public bool IsUnknown(IReadOnlyCollection<string> outputs) =>
        scores is not null && outputs.Contains(scores.Name) && (model.Height is null || model.Width is null)
        && (scores.Value.Dimensions[scores.HeightAxis] < 1 || scores.Value.Dimensions[scores.WidthAxis] < 1);

    /// <summary>Throws where the scores of an image will be far too large, as those of tiny ones are.</summary>
    /// <param name="growth">What tiny ones showed.</param>
    /// <param name="height">The height of the image as the network sees it.</param>
    /// <param name="width">Its width.</param>
    /// <exception cref="InvalidOperationException">They will.</exception>
    public void CheckGrowth(ScoreGrowth growth, int height, int width)
    {
        double pixels = growth.For(height, width);
        if (pixels <= Tolerance * ScoresPerPixel * Math.Max(SmallImage, (long)height * width)) return;
        throw new InvalidOperationException(
            $"The model's output '{PrintableText.Of(scores!.Name)}' has {growth.Pixels} pixels for an image "
            + $"of {growth.ImagePixels}, and would have about {pixels:0} for one of {width}×{height} pixels, expected scores of "
            + $"about its size, at most {ScoresPerPixel} for each of its pixels. Use another model, or smaller images or tiles.");
    }

    private static InvalidOperationException TooLarge(
        string name, ReadOnlySpan<long> shape, int height, int width, string expected)
    {
        string sizes = string.Join(',', shape.ToArray().Select(size => size < 0 ? "?" : $"{size}"));
        return new(
            $"The model's output '{PrintableText.Of(name)}' has the shape [{sizes}] for an image of {width}×{height} pixels, "
            + $"expected {expected}. Use another model, or smaller images or tiles.");
    }
}
