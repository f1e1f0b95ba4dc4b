using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The columns and options of <see cref="ClassifyImageTransformer"/>, checked against its model.</summary>
internal sealed class ClassifyImageSetup : ImageModelSetup<ClassifyImageOptions>
{
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The model does not classify, or its metadata names another number of classes than it has.
    /// </exception>
    public ClassifyImageSetup(
        string outputColumnName, string inputColumnName, OnnxModelSource source, ClassifyImageOptions options)
        : base(outputColumnName, inputColumnName, source)
    {
        Input = new ModelInput(Model, source.Name, options);
        Sizing.Refuse(ImageSizing.Tiled, "tiles are for masks alone");
        Scores = FindScores(Model) ?? throw new InvalidDataException(
            $"{source.Name} does not classify: expected an output of float or float16 and shape [N,C], C at least 2, "
            + $"found {string.Join("; ", Model.Outputs)}"
            + (Model.Metadata.Task.Length > 0 ? $" and the task '{PrintableText.Of(Model.Metadata.Task)}'." : "."));
        Options = Input.Complete(options) with { ClassNames = ClassNamesOf(source.Name, options) };
        CheckNames();
    }

    public override ClassifyImageOptions Options { get; }

    public IReadOnlyList<string> ClassNames => Options.ClassNames!;

    /// <summary>How images are brought to the model.</summary>
    public ModelInput Input { get; }

    public ModelSizing Sizing => Input.Sizing;

    /// <summary>The output with a score for each class.</summary>
    public OnnxValueInfo Scores { get; }

    public override string? OnlyOutput => null;

    /// <summary>The columns of such options.</summary>
    /// <param name="outputColumnName">The name of the column with the class.</param>
    /// <param name="options">The options.</param>
    /// <param name="classNames">The name of each class.</param>
    public static IReadOnlyList<OutputColumn> DescribeOutputs(
        string outputColumnName, ClassifyImageOptions options, IReadOnlyList<string> classNames) =>
            new OutputColumns<ClassifiedRow>()
            .Value(outputColumnName, ColumnTypes.Key(classNames), row => row.Key, ColumnTypes.KeyValues(classNames))
            .Vector<float>(
                options.ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, classNames.Count), row => row.Scores,
                ColumnTypes.SlotNames(classNames))
            .Value(options.BadImageColumnName, TextDataViewType.Instance, row => row.Error.AsMemory());

    public override IReadOnlyList<OutputColumn> DescribeOutputs(ImageDataViewType image) =>
        DescribeOutputs(OutputColumnName, Options, ClassNames);

    public override ScoredRow CreateRow(
        OnnxSession session, RowImageSource images, ImageDataViewType image, IReadOnlySet<string> wanted) =>
        new ClassifiedRow(session, this, images);

    private static OnnxValueInfo? FindScores(OnnxModelInfo model)
    {
        if (model.Metadata.Task is not ("" or ModelTasks.Classification)) return null;
        static bool IsScores(OnnxValueInfo output) =>
            AnswerReader.CanRead(output.ElementType) && output.Dimensions.Count == 2 && output.Dimensions[1] >= 2;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Probabilities && IsScores(output))
            ?? model.Outputs.FirstOrDefault(IsScores);
    }

    private IReadOnlyList<string> ClassNamesOf(string source, ClassifyImageOptions options)
    {
        int count = Scores.Dimensions[1];
        if (count > OnnxModelInfo.MostClasses)
        {
            throw new InvalidDataException(
                $"{source} has {count} classes in its output {Scores}, expected at most {OnnxModelInfo.MostClasses}.");
        }
        IReadOnlyList<string> described = Model.Metadata.ClassNames;
        if (options.ClassNames is { } given && given.Count != count)
        {
            throw new ArgumentException(
                $"There are {given.Count} class names ({ClassText.Join(given)}), but {MidSentence.Of(source)} has {count} "
                + $"classes in its output {Scores}. Give one name a class.",
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
