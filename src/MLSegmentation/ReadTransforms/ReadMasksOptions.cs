using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>Options of <see cref="ReadMasksEstimator"/>.</summary>
public sealed record ReadMasksOptions
{
    /// <summary>
    /// In masks of indices, the label value 0 to 65535 that belongs to no class, such as Pascal VOC's 255. It is left out of
    /// training and metrics. Default null: every value is a class. Unused where <see cref="Palette"/> is given without
    /// <see cref="AllowIndices"/>.
    /// </summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>
    /// In masks of indices, the class (from 0) of each label value from 0. Several values may be one class: <c>[0, 1, 1]</c>
    /// makes two classes of three values. -1 stands for a value that no mask should have. Default null: value k is class k.
    /// </summary>
    public IReadOnlyList<int>? ClassOfLabel { get; init; }

    /// <summary>
    /// In masks of indices, the value of the first class, 0 to 65535; lower ones belong to no class. Value k is then class k −
    /// FirstLabel. 1 reads masks that count from 1, for models whose <see cref="ImageModelMetadata.FirstLabel"/> is 1. Not with
    /// <see cref="ClassOfLabel"/>, <see cref="Threshold"/> or <see cref="Palette"/>. Default 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FirstLabel { get; init; }

    /// <summary>
    /// In masks of two classes, the value 1 to 65535 from which on a pixel is of class 1; darker ones are of class 0. 128 reads
    /// black and white masks of 8 bits whose edges have turned gray, 1 those where every value above 0 is the object. Not with
    /// <see cref="Palette"/> or <see cref="ClassOfLabel"/>. Default null: values are labels.
    /// </summary>
    public int? Threshold { get; init; }

    /// <summary>
    /// For masks where a class is a colour, the colour of each class. Default null: the masks hold indices (gray values, or the
    /// indices of a palette in the file).
    /// </summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>
    /// With <see cref="Palette"/>, the colour that belongs to no class, such as CamVid's black. Default null: there is none.
    /// </summary>
    public Rgb? IgnoreColour { get; init; }

    /// <summary>
    /// With <see cref="Palette"/>, whether there may be masks of indices among those of colours. An image with a palette is then
    /// read by its indices. It is read by its colours where its palette gives an index the colour of another class, as where a
    /// program has numbered the colours anew. A gray image is read by its values, unless one of them is no label and all of them
    /// are colours of classes. Default false: every mask is read by its colours.
    /// </summary>
    public bool AllowIndices { get; init; }

    /// <summary>Checks that the options fit each other and a number of classes.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Validate(int classes)
    {
        if (FindFault(classes) is { } fault) throw new ArgumentException(fault, "options");
        if (Threshold is { } threshold && (threshold < 1 || threshold > ushort.MaxValue))
            throw new ArgumentOutOfRangeException("options", threshold, $"Expected a Threshold from 1 to {ushort.MaxValue}.");
        if (FirstLabel is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException("options", FirstLabel, $"Expected a FirstLabel from 0 to {ushort.MaxValue}.");
    }

    private string? FindFault(int classes)
    {
        if (ClassOfLabel?.Any(index => index < -1 || index >= classes) == true)
            return $"ClassOfLabel is {string.Join(", ", ClassOfLabel)}, expected classes of 0 to {classes - 1}, or -1 for none.";
        if (Threshold is not null && classes != 2)
            return $"Threshold is {Threshold}, which makes two classes, but there are {classes}.";
        if (FirstLabel != 0 && (ClassOfLabel ?? (object?)Threshold ?? Palette) is not null)
            return $"FirstLabel is {FirstLabel}, beside a ClassOfLabel, a Threshold or a Palette. Give one of them.";
        if (Threshold is not null && (Palette is not null || ClassOfLabel is not null))
            return "There is a Threshold beside a Palette or a ClassOfLabel. Give one of them.";
        if (Palette is null)
        {
            if (AllowIndices) return "AllowIndices is set, but there is no Palette: masks hold indices then.";
            return IgnoreColour is { } colour
                ? $"IgnoreColour is {colour}, but there is no Palette: masks of indices have an IgnoreLabel." : null;
        }
        if (ClassOfLabel is not null && !AllowIndices)
            return "There are a Palette and a ClassOfLabel: masks of colours have no label values. Give one of them.";
        if (Palette.Count != classes)
            return $"The palette has {Palette.Count} colours for {classes} classes. Give one colour a class.";
        Rgb[] all = IgnoreColour is { } ignored ? [.. Palette, ignored] : [.. Palette];
        return all.GroupBy(one => one).FirstOrDefault(one => one.Count() > 1) is { } twice
            ? $"The colour {twice.Key} stands for two classes. Give each a colour of its own." : null;
    }
}
