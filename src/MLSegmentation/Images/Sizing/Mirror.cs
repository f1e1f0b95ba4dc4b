namespace MLSegmentation;

/// <summary>
/// Goes on beyond the ends of an axis as in a mirror, the outermost value not repeated: 0 1 2 3 is followed by 2 1 0 1. To a
/// network that looks like more of the image; a repeated edge looks like nothing that it has seen.
/// </summary>
internal static class Mirror
{
    /// <summary>The index that a position beyond the ends stands for.</summary>
    /// <param name="position">Any whole number; from 0 to below the size it is the index itself.</param>
    /// <param name="size">Values of the axis, at least 1.</param>
    public static int Index(int position, int size)
    {
        if (size == 1) return 0;
        int period = 2 * (size - 1), place = Math.Abs(position) % period;
        return Math.Min(place, period - place);
    }

    /// <summary>The same between two indices: the middles of the outermost values are the mirrors.</summary>
    public static double Coordinate(double position, int size)
    {
        if (size == 1) return 0;
        double period = 2.0 * (size - 1), place = Math.Abs(position) % period;
        return Math.Min(place, period - place);
    }
}
