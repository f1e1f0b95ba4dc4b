namespace MLSegmentation;

/// <summary>
/// Masks of two classes that are drawn in black and white: with sharp edges they are read so, with gray ones somebody has to say
/// it.
/// </summary>
internal static class BlackAndWhite
{
    private const int LargestByte = byte.MaxValue;

    // Of the range from black to white: what is still called black or white, and how much of a mask that has to be.
    private const double Dark = 1 / 8.0, LeastShare = 0.75;

    // Where somebody names two classes, shades are none of them; else a few may be classes.
    private const int LeastShades = 2, LeastUnnamedShades = 8;

    /// <summary>
    /// How the masks are read: as it was given, or by a threshold where all of them hold black and white alone, and white is
    /// neither a class nor ignored.
    /// </summary>
    public static ReadMasksOptions Adjust(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (!MayBeTwoClasses(meaning) || meaning.Options.ClassOfLabel is not null) return meaning.Options;
        Dictionary<int, long> values = Values(facts);
        int white = White(values);
        return values.ContainsKey(white) && meaning.IsOutside(white) && values.Keys.All(value => value == 0 || value == white)
            ? Adjusted(meaning.Options, white)
            : meaning.Options;
    }

    /// <summary>
    /// How masks that nobody has checked are read. They are read until one holds something else, which of most sets the first
    /// does.
    /// </summary>
    /// <param name="masks">The files of the masks.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="options">How they are read as it was given.</param>
    public static ReadMasksOptions Adjust(IEnumerable<string> masks, IReadOnlyList<string> classNames, ReadMasksOptions options)
    {
        if (options is not { Threshold: null, ClassOfLabel: null, FirstLabel: 0 } || classNames.Count != 2) return options;
        var reader = new SampleReader(new MaskReader(null, classNames, options));
        int white = 0;
        foreach (string mask in masks)
        {
            if (reader.Read(new DataSample("", null, mask, null)).Mask is not { Basis: not LabelBasis.Colours } facts)
                return options;
            foreach (int value in facts.Pixels.Keys)
            {
                if (value == 0 || value == white) continue;
                if (white > 0 || value is not (byte.MaxValue or ushort.MaxValue) || value == options.IgnoreLabel) return options;
                white = value;
            }
        }
        return white > 0 ? Adjusted(options, white) : options;
    }

    /// <summary>Says that masks are read by a threshold that nobody gave.</summary>
    public static DataFinding Explain(LabelMeaning adjusted)
    {
        int threshold = adjusted.Options.Threshold!.Value;
        return new DataFinding(FindingSeverity.Warning, "mask-0-255", null, null,
            $"The masks hold 0 and {(2 * threshold) - 1} alone: {(2 * threshold) - 1} is read as {adjusted.ClassNames[1]}, 0 "
            + $"as {adjusted.ClassNames[0]}",
            $"Nothing has to be done: training and evaluation read them so. --mask-threshold {threshold} says the same, also for "
            + "a single mask.");
    }

    /// <summary>
    /// The one thing to say where masks are black and white with gray edges; null where they are not, or a threshold is given.
    /// </summary>
    public static DataFinding? FindGrayEdges(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (!MayBeTwoClasses(meaning)) return null;
        Dictionary<int, long> values = Values(facts);
        int white = White(values);
        double band = Dark * white;
        KeyValuePair<int, long>[] black = [.. values.Where(one => one.Key <= band)],
            bright = [.. values.Where(one => one.Key >= white - band)];
        int shades = values.Count - black.Length - bright.Length;
        if (shades < (meaning.IsNamed ? LeastShades : LeastUnnamedShades)
            || !HasPeak(black) || !HasPeak(bright) || Sum(black) + Sum(bright) < LeastShare * Sum(values))
            return null;
        int masks = facts.Count(
            one => one.Mask is { } mask && mask.Pixels.Keys.Any(value => value > band && value < white - band));
        string ignored = meaning.Ignore is { } ignore && ignore >= white - band ? $" in place of --ignore {ignore}" : "";
        return new DataFinding(FindingSeverity.Error, "gray-edges", null, null,
            $"The masks are black and white, but {masks} of {facts.Count(one => one.Mask is not null)} have gray edges, as "
            + $"scaling and JPEG make them: {shades} values between {(int)band} and {(int)(white - band)}",
            $"Give --mask-threshold {Threshold(white)}{ignored}: pixels from {Threshold(white)} on are the object then, darker "
            + "ones the background.");
    }

    /// <summary>Masks that a threshold makes black although they hold something.</summary>
    public static IEnumerable<DataFinding> FindDark(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (meaning.Options.Threshold is not { } threshold) yield break;
        foreach (SampleFacts one in facts)
        {
            if (one.Mask is not { } mask) continue;
            int largest = mask.Pixels.Keys.Where(value => value != meaning.Ignore).DefaultIfEmpty(0).Max();
            if (largest == 0 || largest > threshold * Dark) continue;
            yield return new DataFinding(FindingSeverity.Warning, "mask-below-threshold", one.Sample.MaskPath, one.Sample.Part,
                $"has no value above {largest}, so that the threshold of {threshold} makes all of it {meaning.ClassNames[0]}",
                "Give --mask-threshold 1 if every value above 0 is the object.");
        }
    }

    private static ReadMasksOptions Adjusted(ReadMasksOptions options, int white) =>
        new() { IgnoreLabel = options.IgnoreLabel, Threshold = Threshold(white) };

    private static bool MayBeTwoClasses(LabelMeaning meaning) =>
        meaning.Options.Threshold is null && (!meaning.IsNamed || meaning.ClassNames.Count == 2);

    private static Dictionary<int, long> Values(IEnumerable<SampleFacts> facts)
    {
        var values = new Dictionary<int, long>();
        foreach (SampleFacts one in facts)
        {
            if (one.Mask is not { Basis: not LabelBasis.Colours } mask) continue;
            foreach ((int value, long pixels) in mask.Pixels) values[value] = values.GetValueOrDefault(value) + pixels;
        }
        return values;
    }

    private static int White(Dictionary<int, long> values) =>
        values.Keys.DefaultIfEmpty(0).Max() > LargestByte ? ushort.MaxValue : LargestByte;

    private static int Threshold(int white) => (white + 1) / 2;

    private static bool HasPeak(KeyValuePair<int, long>[] band) => band.Length > 0 && 2 * band.Max(one => one.Value) >= Sum(band);

    private static long Sum(IEnumerable<KeyValuePair<int, long>> values) => values.Sum(one => one.Value);
}
