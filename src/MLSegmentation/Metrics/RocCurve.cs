namespace MLSegmentation;

/// <summary>
/// The receiver operating characteristic: how well a score tells two kinds of things apart, whatever the threshold.
/// </summary>
public static class RocCurve
{
    /// <summary>
    /// The area under the curve (AUROC), 0 to 1: the probability that a positive thing has a higher score than a negative one.
    /// Equal scores count half. It is 1 where every positive is above every negative, 0.5 where the score says nothing. The
    /// positives 1 and 2 against the negatives 0, 1 and 1 make six pairs. Four are won and two are ties, so it is (4 + 2/2) / 6 =
    /// 5/6.
    /// </summary>
    /// <remarks>
    /// Exact: pairs are counted as whole numbers of 64 bits, which is the statistic U of Mann and Whitney (1947). Both sets are
    /// copied and sorted, so that it takes n log n for n scores and four bytes for each.
    /// </remarks>
    /// <param name="positives">
    /// The scores of what is sought: defective images, or pixels. At least one; infinite values are allowed.
    /// </param>
    /// <param name="negatives">The scores of the rest, at least one.</param>
    /// <exception cref="ArgumentException">One of the sets is empty, or a score is no number.</exception>
    public static double Area(IEnumerable<float> positives, IEnumerable<float> negatives)
    {
        float[] high = Sort(positives, nameof(positives)), low = Sort(negatives, nameof(negatives));
        long twice = 0;
        int below = 0, notAbove = 0;
        foreach (float score in high)
        {
            while (below < low.Length && low[below] < score) below++;
            while (notAbove < low.Length && low[notAbove] <= score) notAbove++;
            twice += (long)below + notAbove;
        }
        return twice / (2.0 * high.Length * low.Length);
    }

    private static float[] Sort(IEnumerable<float> scores, string name)
    {
        ArgumentNullException.ThrowIfNull(scores, name);
        float[] sorted = [.. scores];
        if (sorted.Length == 0) throw new ArgumentException($"There are no {name}; the curve needs scores of both kinds.", name);
        Array.Sort(sorted);

        // Sorting puts what is no number first.
        return float.IsNaN(sorted[0]) ? throw new ArgumentException($"A score of the {name} is no number.", name) : sorted;
    }
}
