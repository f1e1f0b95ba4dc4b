namespace MLSegmentation;

/// <summary>Images that belong together: those of one name for a group, and near copies of each other.</summary>
/// <param name="count">The number of images, each of which is a group of its own at first.</param>
internal sealed class ImageGroups(int count)
{
    // The next image of a group on the way to its first, which leads to itself.
    private readonly int[] _next = [.. Enumerable.Range(0, count)];

    /// <summary>The group of each image, by its first one's number.</summary>
    public int[] Numbers => [.. Enumerable.Range(0, _next.Length).Select(First)];

    /// <summary>Brings images of one group name together; those without one stay alone.</summary>
    public void JoinNames(IReadOnlyList<string?> names)
    {
        var firsts = new Dictionary<string, int>();
        foreach (var (index, name) in names.Index())
        {
            if (name is not null && !firsts.TryAdd(name, index)) Join(firsts[name], index);
        }
    }

    /// <summary>Brings near copies together, also turned and mirrored ones: see <see cref="PerceptualHash.IsCopyOf"/>.</summary>
    /// <param name="looks">What each image looks like; null where it looks like nothing.</param>
    /// <returns>The number of images that are copies of one before them.</returns>
    public int JoinCopies(IReadOnlyList<PerceptualHash?> looks)
    {
        int copies = 0;
        for (int i = 0; i < looks.Count; i++)
        {
            if (looks[i] is not { } look) continue;
            bool isCopy = false;
            foreach (PerceptualHash turned in look.Symmetries())
            {
                for (int other = 0; other < i; other++)
                {
                    if (looks[other] is not { } before || !turned.IsCopyOf(before)) continue;
                    Join(other, i);
                    isCopy = true;
                }
            }
            if (isCopy) copies++;
        }
        return copies;
    }

    private void Join(int one, int other)
    {
        var (first, second) = (First(one), First(other));
        _next[Math.Max(first, second)] = Math.Min(first, second);
    }

    private int First(int image)
    {
        while (_next[image] != image) image = _next[image] = _next[_next[image]];
        return image;
    }
}
