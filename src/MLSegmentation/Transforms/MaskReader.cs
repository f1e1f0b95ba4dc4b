using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Wording;

namespace MLSegmentation.Transforms;

/// <summary>Reads mask files as keys: 0 for ignored pixels, k + 1 for class k.</summary>
internal sealed class MaskReader
{
    private const int Ignored = ushort.MaxValue;

    /// <exception cref="ArgumentException">There is no class name, two are equal, or the options do not fit the classes.</exception>
    public MaskReader(string? folder, IReadOnlyList<string> classNames, ReadMasksOptions options)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(options);
        if (classNames.Count is 0 or >= Ignored)
            throw new ArgumentException($"There are {classNames.Count} class names, expected 1 to {Ignored - 1}: one for each label value from 0.", nameof(classNames));
        if (classNames.Distinct().Count() != classNames.Count)
            throw new ArgumentException($"The class names are {PrintableText.Join(classNames)}: give each class a name of its own.", nameof(classNames));
        Folder = folder;
        ClassNames = [.. classNames];
        Options = options;
        Colours = ColoursOf(ClassNames, options);
        Ignore = Colours is null ? options.IgnoreLabel : Ignored;
        if (options.ClassOfLabel is not { } classes) return;
        if (options.Palette is not null)
            throw new ArgumentException("There are a Palette and a ClassOfLabel: masks of colours have no label values. Give one of them.", nameof(options));
        if (classes.Any(index => index < 0 || index >= classNames.Count))
            throw new ArgumentException($"ClassOfLabel is {string.Join(", ", classes)}, expected classes of 0 to {classNames.Count - 1}.", nameof(options));
    }

    public string? Folder { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public ReadMasksOptions Options { get; }

    /// <summary>The label that each colour stands for; null for masks of indices.</summary>
    public IReadOnlyDictionary<Rgb, int>? Colours { get; }

    /// <summary>The label that belongs to no class; null for none.</summary>
    public int? Ignore { get; }

    /// <summary>Labels of 0 to this less 1 are classes.</summary>
    public int Labels => Options.ClassOfLabel?.Count ?? ClassNames.Count;

    /// <exception cref="InvalidDataException">The file cannot be read, or a label is outside the classes.</exception>
    public uint[] Read(string path)
    {
        LabelImage labels = LabelImageReader.Read(path, Colours);
        var keys = new uint[labels.Values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            int label = labels.Values[i];
            if (label == Ignore) continue;
            if (label >= Labels) throw Outside(path, label, i % labels.Width, i / labels.Width);
            keys[i] = (uint)(Options.ClassOfLabel?[label] ?? label) + 1;
        }
        return keys;
    }

    private InvalidDataException Outside(string path, int label, int x, int y) => new(
        $"The mask '{path}' has the label {label} at x {x}, y {y} (counted from 0), expected 0 to {Labels - 1} for the classes "
        + string.Join(", ", Enumerable.Range(0, Labels).Select(value => $"{value} {ClassNames[Options.ClassOfLabel?[value] ?? value]}"))
        + (Ignore is { } ignore ? $", or {ignore} to ignore" : "")
        + ". Name its class too, or set IgnoreLabel to it if it belongs to none.");

    private static Dictionary<Rgb, int>? ColoursOf(IReadOnlyList<string> classNames, ReadMasksOptions options)
    {
        if (options.Palette is not { } palette)
        {
            if (options.IgnoreColour is { } colour)
                throw new ArgumentException($"IgnoreColour is {colour}, but there is no Palette: masks of indices have an IgnoreLabel.", nameof(options));
            return null;
        }
        if (palette.Count != classNames.Count)
            throw new ArgumentException($"The palette has {palette.Count} colours for {classNames.Count} classes. Give one colour a class.", nameof(options));
        var colours = new Dictionary<Rgb, int>();
        for (int index = 0; index < palette.Count; index++) Add(palette[index], index);
        if (options.IgnoreColour is { } ignored) Add(ignored, Ignored);
        return colours;

        void Add(Rgb colour, int label)
        {
            if (!colours.TryAdd(colour, label))
                throw new ArgumentException($"The colour {colour} stands for two classes. Give each a colour of its own.", nameof(options));
        }
    }
}
