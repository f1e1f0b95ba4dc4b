namespace MLSegmentation;

/// <summary>Options checked against a classifier.</summary>
internal sealed record ClassificationSetup
{
    /// <exception cref="ArgumentException">An option is out of its range, contradicts another, or does not fit the model's
    /// classes.</exception>
    /// <exception cref="InvalidDataException">The model does not classify, or its metadata names another number of classes than
    /// it has.</exception>
    public ClassificationSetup(
        string outputColumnName, string inputColumnName, OnnxModelInfo model, string source, ClassifyImageOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName;
        Model = model;
        OptionChecks.Names(outputColumnName, options.ScoreColumnName);
        OptionChecks.Threads(options.Threads);
        Sizing = new ModelSizing(model, options.Sizing, options.ImageWidth, options.ImageHeight);
        Sizing.Refuse(ImageSizing.Tiled, "tiles are for masks alone");
        Scores = FindScores(model) ?? throw new InvalidDataException(
            $"{source} does not classify: expected a float output of shape [N,C], C at least 2, "
            + $"found {string.Join("; ", model.Outputs)}"
            + (model.Metadata.Task.Length > 0 ? $" and the task '{model.Metadata.Task}'." : "."));
        Options = options with { Sizing = Sizing.Sizing, ClassNames = ClassNamesOf(source, options) };
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    public OnnxModelInfo Model { get; }

    /// <summary>The options with sizing and class names filled in.</summary>
    public ClassifyImageOptions Options { get; }

    public IReadOnlyList<string> ClassNames => Options.ClassNames!;

    public ModelSizing Sizing { get; }

    /// <summary>The output with a score for each class.</summary>
    public OnnxValueInfo Scores { get; }

    private static OnnxValueInfo? FindScores(OnnxModelInfo model)
    {
        if (model.Metadata.Task is not ("" or ModelTasks.Classification)) return null;
        static bool IsScores(OnnxValueInfo output) =>
            output.ElementType == typeof(float) && output.Dimensions.Count == 2 && output.Dimensions[1] >= 2;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Probabilities && IsScores(output))
            ?? model.Outputs.FirstOrDefault(IsScores);
    }

    private IReadOnlyList<string> ClassNamesOf(string source, ClassifyImageOptions options)
    {
        int count = Scores.Dimensions[1];
        if (count > OnnxModelInfo.MostClasses)
            throw new InvalidDataException($"{source} has {count} classes in its output {Scores}, expected at most {OnnxModelInfo.MostClasses}.");
        IReadOnlyList<string> described = Model.Metadata.ClassNames;
        if (options.ClassNames is { } given && given.Count != count)
        {
            throw new ArgumentException(
                $"There are {given.Count} class names ({ClassText.Join(given)}), but {source} has {count} classes "
                + $"in its output {Scores}. Give one name a class.",
                nameof(options));
        }
        if (described.Count > 0 && described.Count != count)
        {
            throw new InvalidDataException(
                $"{source} names {described.Count} classes ({ClassText.Join(described)}) in its metadata, "
                + $"but its output {Scores} has {count}.");
        }
        if (options.ClassNames is not null) return options.ClassNames;
        return described.Count > 0 ? described : [.. Enumerable.Range(0, count).Select(index => $"{index}")];
    }
}
