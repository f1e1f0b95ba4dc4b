using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Onnx;

namespace MLSegmentation.Transforms;

/// <summary>Options checked against a model, with everything they left to the model filled in.</summary>
internal sealed record SegmentationSetup
{
    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The model does not segment, or its classes differ from the options'.</exception>
    public SegmentationSetup(string outputColumnName, string inputColumnName, OnnxModelInfo model, string source, SegmentImageOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName;
        Model = model;
        CheckRanges(options);
        CheckNames(outputColumnName, options);
        IReadOnlyList<string> names = ClassNamesOf(model, source, options);
        Options = options with
        {
            ClassNames = names,
            Palette = PaletteOf(model, names.Count, options),
            Sizing = SizingOf(model, options),
        };
        if (Options.Sizing == ImageSizing.Native && options.ImageWidth is not null)
        {
            throw new ArgumentException(
                $"ImageWidth and ImageHeight are {options.ImageWidth}×{options.ImageHeight}, but the sizing is Native, which keeps each image's size. "
                + "Set Sizing to Stretch or Letterbox, or leave the size out.", nameof(options));
        }
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    public OnnxModelInfo Model { get; }

    /// <summary>The options with class names, palette and sizing filled in.</summary>
    public SegmentImageOptions Options { get; }

    public IReadOnlyList<string> ClassNames => Options.ClassNames!;

    public IReadOnlyList<Rgb> Palette => Options.Palette!;

    /// <summary>How an image of that size is brought to the model.</summary>
    public ImageGeometry GeometryFor(int width, int height) => ImageGeometry.For(
        width, height, Options.Sizing!.Value, Model.Width ?? 0, Model.Height ?? 0, Model.SizeMultiple,
        Options.ImageWidth ?? Model.Metadata.ImageWidth, Options.ImageHeight ?? Model.Metadata.ImageHeight);

    private static IReadOnlyList<string> ClassNamesOf(OnnxModelInfo model, string source, SegmentImageOptions options)
    {
        if (model.Scores is null)
        {
            throw new InvalidDataException(
                $"{source} does not segment: expected a float output of shape [N,C,H,W], found {string.Join("; ", model.Outputs)}"
                + (model.Metadata.Task.Length > 0 ? $" and the task '{model.Metadata.Task}'." : "."));
        }
        IReadOnlyList<string>? given = options.ClassNames ?? (model.Metadata.ClassNames.Count > 0 ? model.Metadata.ClassNames : null);
        int count = model.ClassCount > 0 ? model.ClassCount : given?.Count ?? throw new InvalidDataException(
            $"{source} does not say how many classes its output {model.Scores} has. Give ClassNames.");
        if (count < 2)
            throw new InvalidDataException($"{source} has {count} class in its output {model.Scores}, expected at least 2: a class for what is sought and one for the rest.");
        if (given is not null && given.Count != count)
        {
            throw new InvalidDataException(
                $"There are {given.Count} class names ({string.Join(", ", given)}), but {source} has {count} classes in its output {model.Scores}. Give one name a class.");
        }
        return given ?? [.. Enumerable.Range(0, count).Select(index => $"{index}")];
    }

    private static IReadOnlyList<Rgb> PaletteOf(OnnxModelInfo model, int classes, SegmentImageOptions options)
    {
        if (options.Palette is { } palette && palette.Count != classes)
            throw new ArgumentException($"The palette has {palette.Count} colours, the model has {classes} classes. Give one colour a class.", nameof(options));
        return options.Palette ?? (model.Metadata.Palette.Count == classes ? model.Metadata.Palette : VocColours(classes));
    }

    // The map has 256 colours; beyond that they repeat, from class 1 on.
    private static Rgb[] VocColours(int classes)
    {
        Rgb[] colours = Masks.Palette.Voc(256);
        return [.. Enumerable.Range(0, classes).Select(index => index == 0 ? colours[0] : colours[1 + ((index - 1) % 255)])];
    }

    private static ImageSizing SizingOf(OnnxModelInfo model, SegmentImageOptions options)
    {
        if (options.Sizing is { } sizing) return sizing;
        bool isForeign = model.Metadata.Task.Length == 0;
        return isForeign && model.Width is not null && model.Height is not null ? ImageSizing.Stretch : model.Metadata.Sizing;
    }

    private static void CheckRanges(SegmentImageOptions options)
    {
        if (!(options.Threshold is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Threshold, "Threshold is a probability, expected 0 to 1.");
        if (!(options.OverlayOpacity is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.OverlayOpacity, "Expected an OverlayOpacity from 0 to 1.");
        if (options.Threads is < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, "Expected at least 1 for Threads, or null for one each core.");
        if (options.Sizing is { } sizing && !Enum.IsDefined(sizing))
            throw new ArgumentOutOfRangeException(nameof(options), sizing, "The Sizing is unknown.");
        if (options.ImageWidth is null != options.ImageHeight is null)
            throw new ArgumentException($"ImageWidth is {options.ImageWidth ?? 0} and ImageHeight is {options.ImageHeight ?? 0}: give both or none.", nameof(options));
        if (options.ImageWidth is < 1 || options.ImageHeight is < 1)
            throw new ArgumentOutOfRangeException(nameof(options), $"The size is {options.ImageWidth}×{options.ImageHeight}, expected at least 1×1.");
    }

    private static void CheckNames(string outputColumnName, SegmentImageOptions options)
    {
        string[] names = [.. new[] { outputColumnName, options.ConfidenceColumnName, options.OverlayColumnName }.OfType<string>()];
        if (names.Distinct().Count() != names.Length)
            throw new ArgumentException($"The output columns are {string.Join(", ", names)}: give each a name of its own.", nameof(options));
    }
}
