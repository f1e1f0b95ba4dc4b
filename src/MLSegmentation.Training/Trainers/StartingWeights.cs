using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>
/// The weights that a segmentation network's encoder starts from: those that the options name, or the encoder's default ones
/// where they are on this machine.
/// </summary>
internal sealed record StartingWeights
{
    /// <summary>What they are called: a name of the catalogue, a file's name, or <see cref="PretrainedWeights.None"/>.</summary>
    public string Name { get; private init; } = PretrainedWeights.None;

    /// <summary>Their file; null where there is none.</summary>
    public string? Path { get; private init; }

    /// <summary>What the trained model says that its encoder came from; empty for none.</summary>
    public string Origin { get; private init; } = "";

    /// <summary>How an initial model prepares images; null where there is none, or weights that were asked for say it.</summary>
    public ImagePreprocessing? Preprocessing { get; private init; }

    /// <summary>What to tell of them; empty where they are as expected.</summary>
    public string Note { get; private init; } = "";

    /// <summary>What weights that were asked for are called: their name in the catalogue, or that of their file.</summary>
    public static string NameOf(string asked) =>
        WeightCatalogue.All.Any(file => file.Name == asked) ? asked : System.IO.Path.GetFileName(asked);

    /// <summary>Finds them.</summary>
    /// <exception cref="FileNotFoundException">
    /// Those that were asked for are not on this machine; or the default ones, where part of the encoder is frozen.
    /// </exception>
    public static StartingWeights Of(SegmentationTrainerOptions options)
    {
        Encoder encoder = options.Encoder;
        if (options.PretrainedWeights is { } asked and not PretrainedWeights.None)
            return At(encoder, NameOf(asked), WeightCache.Find(asked));
        if (!options.InitialModel.IsEmpty)
        {
            var (preprocessing, origin) = OnnxWeights.Describe(options.InitialModel.Span);
            return new StartingWeights { Preprocessing = preprocessing, Origin = origin };
        }
        if (options.PretrainedWeights is not null) return new StartingWeights();
        if (encoder.DefaultWeights is not { } name) return new StartingWeights { Note = NoteOfOthers(encoder) };
        if (encoder.FrozenStages > 0) return At(encoder, name, WeightCache.Find(name));
        return Find(name) is { } path ? At(encoder, name, path) : new StartingWeights
        {
            Note = $"The encoder {encoder.Name} begins at random, as its weights {name} are not on this machine: the model "
                + $"will be worse. 'mlseg weights get {name}' brings them, or a reference to the package "
                + $"{WeightCatalogue.Find(name).Package?.Package}.",
        };
    }

    /// <summary>Opens their file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another kind.</exception>
    public PretrainedWeights? Open() => Path is null ? null : Open(Name, Path);

    /// <summary>Opens weights that an option names.</summary>
    /// <exception cref="FileNotFoundException">They are not on this machine.</exception>
    /// <exception cref="InvalidDataException">They are damaged or of another kind.</exception>
    public static PretrainedWeights Open(string asked) => Open(asked, WeightCache.Find(asked));

    /// <summary>
    /// The encoder as the weights expect images, or as the initial model prepares them, and with a number of frozen stages.
    /// </summary>
    public Encoder Prepare(Encoder encoder, PretrainedWeights? opened) => encoder with
    {
        Preprocessing = opened?.Preprocessing ?? Preprocessing ?? encoder.Preprocessing,
        FrozenStages = encoder.FrozenStages ?? (Name == encoder.DefaultWeights ? Encoder.UsualFrozenStages : 0),
    };

    private static PretrainedWeights Open(string name, string path)
    {
        FoundWeights.RequireRight(name, path);
        return PretrainedWeights.Open(path);
    }

    private static StartingWeights At(Encoder encoder, string name, string path) => new()
    {
        Name = name,
        Path = path,
        Origin = name,
        Note = $"The encoder {encoder.Name} starts from the weights {PrintableText.Of(name)}.",
    };

    private static string? Find(string name)
    {
        try
        {
            return FoundWeights.Of(WeightCatalogue.Find(name))?.Path;
        }
        catch (InvalidOperationException)
        {
            // There is no home folder, and so no cache. A training needs none.
            return null;
        }
    }

    private static string NoteOfOthers(Encoder encoder)
    {
        string[] names = [.. WeightCatalogue.All.Where(file => file.Encoder == encoder.Name).Select(file => file.Name)];
        return names.Length == 0 ? "" : $"The encoder {encoder.Name} begins at random. There are trained weights for it: "
            + $"{string.Join(", ", names)} (PretrainedWeights, 'mlseg weights get').";
    }
}
