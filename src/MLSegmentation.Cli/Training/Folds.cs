namespace MLSegmentation.Cli;

/// <summary>Images put into folds of about one size, each of which is held out once.</summary>
internal static class Folds
{
    /// <summary>The fold of each image.</summary>
    /// <param name="images">The images with the group that each belongs to; one without is a group of its own.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    /// <returns>A number from 0 for each image; images of one group have the same.</returns>
    /// <exception cref="InvalidDataException">There are fewer groups than folds.</exception>
    public static int[] Assign(IReadOnlyList<(string Name, string? Group)> images, int folds, int seed)
    {
        // A name cannot begin so: groups and images without one do not meet.
        ILookup<string, int> groups = images.Index().ToLookup(
            one => one.Item.Group is { } group ? $"/{group}" : one.Item.Name, one => one.Index);
        if (groups.Count < folds)
        {
            string what = images.Any(image => image.Group is not null) ? "parts of the split" : "images";
            throw new InvalidDataException(
                $"There are {groups.Count} {what} for {folds} folds, expected at least as many. Give fewer --folds.");
        }
        IGrouping<string, int>[] shuffled = [.. groups.OrderBy(group => group.Key, StringComparer.Ordinal)];
        new Random(seed).Shuffle(shuffled);
        var (assigned, sizes) = (new int[images.Count], new int[folds]);
        foreach (IGrouping<string, int> group in shuffled.OrderByDescending(group => group.Count()))
        {
            int fold = Array.IndexOf(sizes, sizes.Min());
            foreach (int index in group) assigned[index] = fold;
            sizes[fold] += group.Count();
        }
        return assigned;
    }
}
