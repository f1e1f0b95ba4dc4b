namespace MLSegmentation;

/// <summary>Where nobody names the classes, their numbers follow each other.</summary>
internal static class ValueGapsCheck
{
    private const int NamedValues = 10;

    /// <summary>
    /// The one thing to say where more numbers are left out than used; null where they follow each other, or classes are named.
    /// </summary>
    public static DataFinding? Run(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (meaning.IsNamed || meaning.Options.Threshold is not null) return null;
        int[] values =
            [.. facts.SelectMany(one => one.Mask?.Pixels.Keys ?? []).Where(value => value != meaning.Ignore).Distinct().Order()];
        int[] classes = [.. values.Where(value => !meaning.IsOutside(value))];

        // What lies outside alone may be no class, as 255 often is.
        if (values.Length < 2 || classes.Length == 0 || classes[^1] + 1 <= 2 * classes.Length) return null;
        string all = string.Join(", ", values.Take(NamedValues))
            + (values.Length > NamedValues ? $" and {values.Length - NamedValues} more" : "");
        return new DataFinding(
            values.Length > classes.Length ? FindingSeverity.Error : FindingSeverity.Warning, "values-with-gaps", null, null,
            $"The masks hold {values.Length} values, {all}, and none of the numbers between them",
            $"Name each value that is a class in a file of classes (--classes), a line such as '{values[^1]} object', and give "
            + $"one that is no class as --ignore: there are {values.Length} classes at most then. Every number up to the largest "
            + "is a class otherwise."
            + (values is [0, .., byte.MaxValue]
                ? " If those between 0 and 255 are edges alone, give --mask-threshold 128."
                : ""));
    }
}
