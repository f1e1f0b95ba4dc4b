namespace MLSegmentation.Training;

/// <summary>Puts samples of equal size together, so that a network sees them in one batch.</summary>
internal static class EqualSizes
{
    // Images of many sizes must not all wait for others of theirs.
    private const int MostWaiting = 4;

    /// <summary>
    /// Every sample once, in batches of one size. At most four batches' samples wait; then the largest group goes as it is.
    /// </summary>
    /// <param name="samples">Samples of any sizes.</param>
    /// <param name="most">Samples in a batch at most, at least 1.</param>
    public static IEnumerable<TrainingBatch> Batches(IEnumerable<TrainingSample> samples, int most)
    {
        var groups = new List<List<TrainingSample>>();
        int waiting = 0;
        foreach (TrainingSample sample in samples)
        {
            List<TrainingSample>? group = groups.Find(
                group => (group[0].Width, group[0].Height) == (sample.Width, sample.Height));
            if (group is null) groups.Add(group = []);
            group.Add(sample);
            waiting++;
            if (group.Count < most && waiting < MostWaiting * most) continue;
            List<TrainingSample> full = group.Count == most ? group : groups.MaxBy(one => one.Count)!;
            groups.Remove(full);
            waiting -= full.Count;
            yield return TrainingBatch.Of(full);
        }
        foreach (List<TrainingSample> group in groups) yield return TrainingBatch.Of(group);
    }
}
