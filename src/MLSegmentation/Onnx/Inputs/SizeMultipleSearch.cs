namespace MLSegmentation;

/// <summary>
/// Finds by trying what the sizes of images must be multiples of. Networks that halve an image some times and enlarge it again
/// fail at other sizes, or answer scores that are not in proportion to it. Pure: what a try is, is others' business.
/// </summary>
internal static class SizeMultipleSearch
{
    // Halved and rounded down, 63 stays odd to the end; halved and rounded up, 65 does.
    private const int OddHeight = 63, OddWidth = 65;
    private const int About = 64, MostMultiple = 128;

    /// <summary>The least power of two, up to 128, that sizes must be multiples of; 1 where trying shows none.</summary>
    /// <param name="height">The only height that the graph takes; null where it takes any.</param>
    /// <param name="width">The only width that the graph takes; null where it takes any.</param>
    /// <param name="scores">
    /// The height and width of the scores of an image of that height and width; null where the graph cannot take it.
    /// </param>
    public static int Find(int? height, int? width, Func<int, int, (long Height, long Width)?> scores)
    {
        (long Height, long Width)? Try(int tall, int wide) => scores(height ?? tall, width ?? wide);
        (long Height, long Width)? odd = Try(OddHeight, OddWidth);
        if (odd == (height ?? OddHeight, width ?? OddWidth)) return 1;

        int side = About;
        (long Height, long Width)? known = Try(side, side);
        if (known is null) known = Try(side = MostMultiple, side);
        if (known is not { } reference) return 1;

        // Rounded, the scores of any size are off by less than one.
        bool Fits((long Height, long Width)? answer, int tall, int wide) => answer is { } tried
            && Math.Abs(tried.Height - ((double)(height ?? tall) * reference.Height / (height ?? side))) < 1
            && Math.Abs(tried.Width - ((double)(width ?? wide) * reference.Width / (width ?? side))) < 1;
        if (Fits(odd, OddHeight, OddWidth)) return 1;
        for (int multiple = 2; multiple <= MostMultiple; multiple *= 2)
        {
            int tried = OddMultipleOf(multiple);
            if (!Fits(Try(tried, tried), tried, tried)) continue;

            // A network may want no multiple, and more pixels than were tried before.
            return Fits(Try(tried - 1, tried + 1), tried - 1, tried + 1) ? 1 : multiple;
        }
        return 1;
    }

    /// <summary>A size that is no multiple of twice that: 66 for 2, 72 for 8, 96 for 32.</summary>
    private static int OddMultipleOf(int multiple) => multiple switch
    {
        MostMultiple => multiple,
        About => 3 * multiple,
        _ => About + multiple,
    };
}
