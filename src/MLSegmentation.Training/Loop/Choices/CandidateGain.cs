namespace MLSegmentation.Training;

/// <summary>
/// What the best of some candidates gains in mean IoU over one that is there already, and how sure that is, by drawing images
/// with replacement. The best of many looks good by luck too: so the gain is that on images that were not drawn, of the candidate
/// that is best on those that were (the out-of-bag estimate: Efron and Tibshirani 1997, "Improvements on cross-validation").
/// </summary>
/// <param name="Best">The number of the candidate that is best on all images.</param>
/// <param name="Before">The mean IoU without it.</param>
/// <param name="After">The mean IoU with it, the luck of the choice included.</param>
/// <param name="Gain">The mean gain on images that were not drawn.</param>
/// <param name="Noise">The standard deviation of the best candidate's gain over the draws.</param>
internal sealed record CandidateGain(int Best, double Before, double After, double Gain, double Noise)
{
    private const int Draws = 500, Seed = 1;

    // Of fewer images hardly any is left that was not drawn.
    private const int LeastImages = 4;

    // Two deviations: the best of 20 candidates that gain nothing passes in one set of images of twenty.
    private const double Sure = 2;

    // What nobody would see is not worth another way of scoring.
    private const double LeastGain = 0.002;

    /// <summary>Whether the best candidate gains more than its noise.</summary>
    public bool IsSure => Gain >= LeastGain && Gain > Sure * Noise;

    /// <summary>Compares candidates.</summary>
    /// <param name="images">For each image what each candidate gives, in the order of the candidates.</param>
    /// <param name="present">The number of the candidate that is there already; of equals, the nearest to it is the best.</param>
    /// <returns>Null where there are too few images to tell.</returns>
    public static CandidateGain? Of(IReadOnlyList<ClassOverlaps[]> images, int present)
    {
        if (images.Count < LeastImages) return null;
        int[] order = [.. Enumerable.Range(0, images[0].Length).OrderBy(index => Math.Abs(index - present))];
        int[] all = [.. images.Select(_ => 1)];
        int best = BestOn(images, all, order);
        var random = new Random(Seed);
        (var gains, var unseen) = (new List<double>(Draws), new List<double>(Draws));
        for (int draw = 0; draw < Draws; draw++)
        {
            var drawn = new int[images.Count];
            for (int i = 0; i < drawn.Length; i++) drawn[random.Next(drawn.Length)]++;
            gains.Add(MeanIoU(images, drawn, best) - MeanIoU(images, drawn, present));
            int[] left = [.. drawn.Select(times => times == 0 ? 1 : 0)];
            if (left.Sum() == 0) continue;
            int chosen = BestOn(images, drawn, order);
            unseen.Add(chosen == present ? 0 : MeanIoU(images, left, chosen) - MeanIoU(images, left, present));
        }
        double mean = gains.Average();
        return new CandidateGain(
            best, MeanIoU(images, all, present), MeanIoU(images, all, best), unseen.DefaultIfEmpty(0).Average(),
            Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Count - 1)));
    }

    private static int BestOn(IReadOnlyList<ClassOverlaps[]> images, int[] times, int[] order) =>
        order.MaxBy(candidate => MeanIoU(images, times, candidate));

    private static double MeanIoU(IReadOnlyList<ClassOverlaps[]> images, int[] times, int candidate)
    {
        var sum = new ClassOverlaps(images[0][candidate].Classes);
        for (int i = 0; i < images.Count; i++)
        {
            if (times[i] > 0) sum.Add(images[i][candidate], times[i]);
        }
        return sum.MeanIoU;
    }
}
