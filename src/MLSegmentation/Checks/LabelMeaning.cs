using MLSegmentation.Transforms;

namespace MLSegmentation.Checks;

/// <summary>What the label values of the masks stand for.</summary>
/// <param name="ClassNames">A name for each class.</param>
/// <param name="Labels">Label values of 0 to this less 1 are classes.</param>
/// <param name="Ignore">The label value that is no class; null for none.</param>
/// <param name="ClassOfLabel">The class of each label value; null where value k is class k.</param>
internal sealed record LabelMeaning(IReadOnlyList<string> ClassNames, int Labels, int? Ignore, IReadOnlyList<int>? ClassOfLabel)
{
    /// <summary>Where nobody names the classes: 255 values at most, so that 255, which often is no class, is asked about.</summary>
    private const int MostUnnamedClasses = 255;

    /// <summary>What the reader of the masks makes of them.</summary>
    public static LabelMeaning Of(MaskReader reader) => new(reader.ClassNames, reader.Labels, reader.Ignore, reader.Options.ClassOfLabel);

    /// <summary>Classes by number, from 0 to the largest value in the masks: <c>class 0</c>, <c>class 1</c> and so on.</summary>
    public static LabelMeaning Numbered(IEnumerable<SampleFacts> facts, int? ignore)
    {
        int largest = facts.SelectMany(one => one.Mask?.Pixels.Keys ?? [])
            .Where(value => value != ignore && value < MostUnnamedClasses).DefaultIfEmpty(0).Max();
        return new LabelMeaning([.. Enumerable.Range(0, largest + 1).Select(index => $"class {index}")], MostUnnamedClasses, ignore, null);
    }

    /// <summary>Whether a value is neither a class nor ignored.</summary>
    public bool IsOutside(int value) => value != Ignore && value >= Labels;

    /// <summary>The pixels of each class in a mask; ignored ones and those outside the classes are no one's.</summary>
    public IEnumerable<(int Class, long Pixels)> Classes(MaskFacts mask) => mask.Pixels
        .Where(one => one.Key != Ignore && !IsOutside(one.Key))
        .Select(one => (ClassOfLabel?[one.Key] ?? one.Key, one.Value));
}
