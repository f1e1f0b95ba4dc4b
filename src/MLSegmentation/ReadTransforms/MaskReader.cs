namespace MLSegmentation;

/// <summary>Reads mask files as keys: 0 for ignored pixels, k + 1 for class k.</summary>
internal sealed class MaskReader
{
    private const int Values = ushort.MaxValue + 1, Ignored = ushort.MaxValue, NamedValues = 30;
    private const uint Outside = uint.MaxValue;

    // The key of each value that a mask may hold.
    private readonly uint[] _keys = new uint[Values];
    private readonly HashSet<string> _contradicting = [];

    /// <exception cref="ArgumentException">
    /// There is no class name, two are equal, or the options do not fit the classes.
    /// </exception>
    public MaskReader(string? folder, IReadOnlyList<string> classNames, ReadMasksOptions options)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(options);
        if (classNames.Count is 0 or >= Ignored)
        {
            throw new ArgumentException(
                $"There are {classNames.Count} class names, expected 1 to {Ignored - 1}: one for each label value from "
                + "0.", nameof(classNames));
        }
        if (classNames.Distinct().Count() != classNames.Count)
        {
            throw new ArgumentException(
                $"The class names are {ClassText.Join(classNames)}: give each class a name of its own.", nameof(classNames));
        }
        options.Validate(classNames.Count);
        Folder = folder;
        ClassNames = [.. classNames];
        Options = options;
        Ignore = options is { Palette: not null, AllowIndices: false }
            ? Ignored
            : options.IgnoreLabel ?? (options.IgnoreColour is null ? null : Ignored);
        for (int value = 0; value < Values; value++)
        {
            bool isIgnored = value == Ignore || value < options.FirstLabel;
            _keys[value] = isIgnored ? 0 : ClassOf(value) is int index ? (uint)index + 1 : Outside;
        }
        Colours = options.Palette is null ? null : ColoursOf(options);
    }

    public string? Folder { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public ReadMasksOptions Options { get; }

    /// <summary>The label that each colour stands for; null for masks of indices.</summary>
    public IReadOnlyDictionary<Rgb, int>? Colours { get; }

    /// <summary>The label that belongs to no class; null for none.</summary>
    public int? Ignore { get; }

    /// <summary>The labels that are classes, each with its class's name, for messages.</summary>
    public string Expected
    {
        get
        {
            if (Options.Threshold is { } threshold)
                return $"values below {threshold} for {ClassNames[0]} and from {threshold} for {ClassNames[1]}";
            int[] labels = [.. Enumerable.Range(0, Values).Where(label => ClassAt(label) is not null)];
            string names = string.Join(
                ", ", labels.Take(NamedValues).Select(label => $"{label} {ClassNames[(int)_keys[label] - 1]}"));
            return $"{names}{(labels.Length > NamedValues ? $" to {labels[^1]}" : "")}"
                + $"{(Ignore is { } ignore ? $", or {ignore} to ignore" : "")}";
        }
    }

    /// <summary>Whether a value is a class or ignored.</summary>
    public bool IsLabel(int value) => _keys[value] != Outside;

    /// <summary>Whether two values are of one class, or both ignored.</summary>
    public bool AreOne(int value, int other) => _keys[value] == _keys[other];

    /// <summary>The class of a value; null for one that is ignored or no label.</summary>
    public int? ClassAt(int value) => _keys[value] is 0 or Outside ? null : (int)_keys[value] - 1;

    /// <summary>
    /// The masks read so far whose palette contradicts the classes, so that they were read by what they look like.
    /// </summary>
    public int Contradicting
    {
        get
        {
            lock (_contradicting) return _contradicting.Count;
        }
    }

    /// <exception cref="InvalidDataException">The file cannot be read, or a label is outside the classes.</exception>
    public uint[] Read(string path)
    {
        using MaskImage image = LabelImageReader.ReadFile(path);
        MaskLabels mask = MaskLabels.TryTake(image, path, this) ?? throw LabelImageReader.HasColours(path);
        if (mask.Contradicts(image, this))
        {
            lock (_contradicting) _contradicting.Add(path);
        }
        LabelImage labels = mask.Image;
        var keys = new uint[labels.Values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            uint key = _keys[labels.Values[i]];
            if (key == Outside) throw OutsideClasses(path, labels.Values[i], i % labels.Width, i / labels.Width);
            keys[i] = key;
        }
        return keys;
    }

    private int? ClassOf(int value)
    {
        if (Options.Threshold is { } threshold) return value < threshold ? 0 : 1;
        if (Options.ClassOfLabel is not { } classes)
            return value < Options.FirstLabel + ClassNames.Count ? value - Options.FirstLabel : null;
        return value < classes.Count && classes[value] >= 0 ? classes[value] : null;
    }

    private InvalidDataException OutsideClasses(string path, int label, int x, int y) => new(
        $"The mask '{path}' has the label {label} at x {x}, y {y} (counted from 0), expected {Expected}. "
        + "Name its class too, set Threshold where bright pixels are the one of two classes, "
        + "or set IgnoreLabel to it if it belongs to no class.");

    private Dictionary<Rgb, int> ColoursOf(ReadMasksOptions options)
    {
        var colours = new Dictionary<Rgb, int>();
        for (int index = 0; index < options.Palette!.Count; index++)
        {
            // A class whose only value is ignored is ignored in colours too.
            int label = Array.IndexOf(_keys, (uint)index + 1);
            colours.Add(options.Palette[index], label >= 0
                ? label
                : Ignore ?? throw new ArgumentException($"ClassOfLabel has no value of the class {index}.", nameof(options)));
        }
        if (options.IgnoreColour is { } ignored) colours.Add(ignored, Ignore!.Value);
        return colours;
    }
}
