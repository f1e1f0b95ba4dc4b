namespace MLSegmentation;

/// <summary>What the label values of the masks stand for.</summary>
/// <param name="reader">What reads the masks.</param>
/// <param name="classNames">A name for each class: the reader's, or of unnamed classes those that occur.</param>
/// <param name="isNamed">Whether somebody named the classes.</param>
internal sealed class LabelMeaning(MaskReader reader, IReadOnlyList<string> classNames, bool isNamed)
{
    /// <summary>
    /// Where nobody names the classes: 255 values at most, so that 255, which often is no class, is asked about.
    /// </summary>
    private const int MostUnnamedClasses = 255;

    /// <summary>A name for each class.</summary>
    public IReadOnlyList<string> ClassNames => classNames;

    /// <summary>Whether somebody named the classes.</summary>
    public bool IsNamed => isNamed;

    /// <summary>The label value that is no class; null for none.</summary>
    public int? Ignore => reader.Ignore;

    /// <summary>How the masks are read.</summary>
    public ReadMasksOptions Options => reader.Options;

    /// <summary>The values that a mask may have, for messages.</summary>
    public string Expected => isNamed || Options.Threshold is not null ? reader.Expected
        : $"class numbers of 0 to {MostUnnamedClasses - 1}{(Ignore is { } ignore ? $", or {ignore} to ignore" : "")}";

    /// <summary>What reads the masks: with names for as many classes as there may be where none are given.</summary>
    public static MaskReader ReaderOf(IReadOnlyList<string>? classNames, ReadMasksOptions masks) =>
        new(null, classNames ?? Unnamed(masks.Threshold is null ? MostUnnamedClasses : 2), masks);

    /// <summary>
    /// What the masks mean: where the classes are not named, from 0 to the largest value in the masks, <c>class 0</c>, <c>class
    /// 1</c> and so on.
    /// </summary>
    public static LabelMeaning Of(MaskReader reader, bool isNamed, IEnumerable<SampleFacts> facts) => new(
        reader,
        isNamed || reader.Options.Threshold is not null ? reader.ClassNames
            : Unnamed(
                facts.SelectMany(one => one.Mask?.Pixels.Keys ?? []).Select(reader.ClassAt).OfType<int>().DefaultIfEmpty(0).Max()
                    + 1),
        isNamed);

    /// <summary>Whether a value is neither a class nor ignored.</summary>
    public bool IsOutside(int value) => !reader.IsLabel(value);

    /// <summary>The pixels of each class in a mask; ignored ones and those outside the classes are no one's.</summary>
    public IEnumerable<(int Class, long Pixels)> Classes(MaskFacts mask)
    {
        foreach ((int value, long pixels) in mask.Pixels)
            if (reader.ClassAt(value) is int index) yield return (index, pixels);
    }

    private static string[] Unnamed(int classes) => [.. Enumerable.Range(0, classes).Select(ClassText.Unnamed)];
}
