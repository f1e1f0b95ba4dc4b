namespace MLSegmentation;

/// <summary>
/// Puts images into parts of given sizes so that every part has its share of the images of each class, the rare ones first.
/// </summary>
/// <remarks>
/// Iterative stratification: Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data", 2011, algorithm 1,
/// with groups in place of single images.
/// </remarks>
internal static class StratifiedSplit
{
    private const int NoClass = -1;

    /// <summary>The part of each image.</summary>
    /// <param name="classes">The classes that each image shows.</param>
    /// <param name="groups">The group of each image; those of one group are put into one part.</param>
    /// <param name="fractions">The share of each part, above 0; together they are 1.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <exception cref="InvalidDataException">There are fewer groups than parts.</exception>
    public static int[] Assign(
        IReadOnlyList<IReadOnlyCollection<int>> classes, IReadOnlyList<int> groups, IReadOnlyList<double> fractions, int seed)
    {
        Group[] all = [.. groups.Index().GroupBy(one => one.Item, one => one.Index).Select(images => new Group(images, classes))];
        if (all.Length < fractions.Count)
        {
            throw new InvalidDataException(
                $"There are {Plural.Of(all.Length, "group")} of images for {fractions.Count} parts, expected at least as many. "
                + "Add images, or ask for fewer parts.");
        }
        new Random(seed).Shuffle(all);
        Wanted[] parts = [.. fractions.Select(fraction => new Wanted(fraction, all))];
        var left = new HashSet<Group>(all);
        while (left.Count > 0)
        {
            int rarest = left.SelectMany(group => group.Images).GroupBy(one => one.Key, one => one.Value)
                .OrderBy(one => one.Sum()).ThenBy(one => one.Key).Select(one => one.Key).FirstOrDefault(NoClass);
            // The sort is stable: groups alike stay as they were shuffled.
            foreach (Group group in all.Where(one => left.Contains(one) && (rarest == NoClass || one.Of(rarest) > 0))
                .OrderByDescending(one => one.Of(rarest)).ThenByDescending(one => one.Size))
            {
                parts.MaxBy(part => (part.Images(rarest), part.Size))!.Take(group);
                left.Remove(group);
            }
        }
        Fill(parts);
        var assigned = new int[groups.Count];
        foreach (var (index, part) in parts.Index())
            foreach (int image in part.Taken.SelectMany(group => group.Members)) assigned[image] = index;
        return assigned;
    }

    /// <summary>Gives parts that got nothing the smallest group of that which has most beyond its share.</summary>
    private static void Fill(Wanted[] parts)
    {
        foreach (Wanted empty in parts.Where(part => part.Taken.Count == 0))
        {
            Wanted fullest = parts.Where(part => part.Taken.Count > 1).MinBy(part => part.Size)!;
            Group smallest = fullest.Taken.MinBy(group => group.Size)!;
            fullest.Release(smallest);
            empty.Take(smallest);
        }
    }

    /// <summary>Images that stay together, and how many of them show each class.</summary>
    private sealed class Group
    {
        public Group(IEnumerable<int> members, IReadOnlyList<IReadOnlyCollection<int>> classes)
        {
            Members = [.. members];
            Images = Members.SelectMany(image => classes[image]).GroupBy(index => index)
                .ToDictionary(one => one.Key, one => one.Count());
        }

        public IReadOnlyList<int> Members { get; }

        public IReadOnlyDictionary<int, int> Images { get; }

        public int Size => Members.Count;

        public int Of(int index) => Images.GetValueOrDefault(index);
    }

    /// <summary>What a part still wants: images, and of them so many that show each class.</summary>
    private sealed class Wanted
    {
        private readonly Dictionary<int, double> _images;

        public Wanted(double fraction, Group[] groups)
        {
            Size = fraction * groups.Sum(group => group.Size);
            _images = groups.SelectMany(group => group.Images).GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(one => one.Key, one => fraction * one.Sum());
        }

        public List<Group> Taken { get; } = [];

        public double Size { get; private set; }

        public double Images(int index) => index == NoClass ? Size : _images[index];

        public void Take(Group group)
        {
            Taken.Add(group);
            Count(group, -1);
        }

        public void Release(Group group)
        {
            Taken.Remove(group);
            Count(group, 1);
        }

        private void Count(Group group, int sign)
        {
            Size += sign * group.Size;
            foreach (var (index, images) in group.Images) _images[index] += sign * images;
        }
    }
}
