using System.Globalization;

namespace MLSegmentation;

/// <summary>There are two classes at least, and every part has enough pixels of each.</summary>
internal static class ClassFrequencyCheck
{
    private const double Rare = 0.0001;

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        SampleFacts[] masks = [.. facts.Where(one => one is { Sample.ImagePath: not null, Mask: not null })];
        if (masks.Length == 0) yield break;
        long[] all = Count(masks, meaning);

        // Values outside the classes are why a class may be missing, and are findings of their own.
        bool hasOutside = masks.Any(one => one.Mask!.Pixels.Keys.Any(meaning.IsOutside));
        if (!hasOutside && all.Count(pixels => pixels > 0) < 2)
        {
            yield return new DataFinding(FindingSeverity.Error, "one-class", null, null,
                $"The masks hold {Only(masks, all, meaning)}"
                + $"{(meaning.Ignore is { } ignore ? $" beside the ignored {ignore}" : "")}",
                "Training needs at least two classes, such as 0 for the background and 1 for what is sought."
                + (meaning.Ignore is { } unused
                    ? $" If {unused} is one of them, leave out --ignore {unused} or --unlabelled ignore."
                    : ""));
            yield break;
        }
        foreach (IGrouping<string?, SampleFacts> part in masks.GroupBy(one => one.Sample.Part))
        {
            long[] pixels = Count(part, meaning);
            long labelled = pixels.Sum();
            for (int index = 0; index < pixels.Length; index++)
            {
                string of = part.Key is null ? "the masks" : $"the masks of the part '{part.Key}'";
                if (pixels[index] == 0)
                {
                    yield return new DataFinding(FindingSeverity.Warning, "absent-class", null, part.Key,
                        $"The class {ClassText.Of(meaning.ClassNames[index])} is in none of {of}",
                        "A class that is absent from training is never predicted; one that is absent from a test is not "
                        + "measured. Label images of it, or name only the values that are classes in a file of classes "
                        + "(--classes), a line such as '1 object' each.");
                }
                else if (pixels[index] < Rare * labelled)
                {
                    string share = string.Create(CultureInfo.InvariantCulture,
                        $"{pixels[index]:N0} of {labelled:N0} labelled pixels ({(double)pixels[index] / labelled:P4})");
                    yield return new DataFinding(FindingSeverity.Warning, "rare-class", null, part.Key,
                        $"The class {ClassText.Of(meaning.ClassNames[index])} has {share} in {of}",
                        "Label more images of it, and weight the classes in training (--class-weights median).");
                }
            }
        }
    }

    private static string Only(SampleFacts[] masks, long[] pixels, LabelMeaning meaning)
    {
        int[] values = [.. masks.SelectMany(one => one.Mask!.Pixels.Keys).Where(value => value != meaning.Ignore).Distinct()];
        return values.Length switch
        {
            0 => "no value",
            1 => $"only the value {values[0]}",
            _ => $"only the class {ClassText.Of(meaning.ClassNames[Array.FindIndex(pixels, count => count > 0)])}",
        };
    }

    private static long[] Count(IEnumerable<SampleFacts> masks, LabelMeaning meaning)
    {
        var pixels = new long[meaning.ClassNames.Count];
        foreach (SampleFacts one in masks)
            foreach (var (index, count) in meaning.Classes(one.Mask!)) pixels[index] += count;
        return pixels;
    }
}
