using System.Globalization;

namespace MLSegmentation;

/// <summary>How many classes an output tells apart, and their names.</summary>
internal static class ClassNaming
{
    private static readonly string[] _foregroundNames = ["background", "foreground"];

    /// <summary>Whether names are none, or stand in for some that nobody gave.</summary>
    /// <param name="names">The names in the order of the classes.</param>
    public static bool AreUnnamed(IReadOnlyList<string> names) => AreNumbers(names) || names.SequenceEqual(_foregroundNames)
        || names.Index().All(one => one.Item == ClassText.Unnamed(one.Index));

    /// <summary>Whether names are none, or the numbers of their classes, as of a model that says nothing of them.</summary>
    /// <param name="names">The names in the order of the classes.</param>
    public static bool AreNumbers(IReadOnlyList<string> names) => names.Index().All(one => one.Item == Number(one.Index));

    /// <summary>A name for each class: those given, those of the model, or its number.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="options">The options.</param>
    /// <param name="output">The output that is read.</param>
    /// <exception cref="ArgumentException">Names or a number are given that do not fit the output.</exception>
    /// <exception cref="InvalidDataException">Nothing tells how many classes there are.</exception>
    public static IReadOnlyList<string> Of(
        OnnxModelInfo model, string source, SegmentationOptions options, SegmentationOutput output)
    {
        IReadOnlyList<string>? given = options.ClassNames
            ?? (model.Metadata.ClassNames.Count > 0 ? model.Metadata.ClassNames : null);
        bool isBinary = output.Channels == 1 || output.Value.ElementType == typeof(bool);
        int? known = isBinary ? 2 : output.Channels ?? (output.Kind == ScoreKind.Labels ? OwnClasses(model) : null);
        CheckClasses(options.Classes, source, output, given, known);
        int count = known ?? given?.Count ?? options.Classes ?? throw new InvalidDataException(
            $"{source} does not say how many classes its output {output.Value} has. Give ClassNames or Classes"
            + (output.Kind == ScoreKind.Labels ? "." : ", or OneChannel where it is the score of a foreground."));
        if (count < 2)
        {
            throw new ArgumentException(
                $"There is one class name ({ClassText.Join(given!)}), but a mask needs at least two classes. Name each class of "
                + $"the output {output.Value} of {MidSentence.Of(source)}, the background too"
                + (output.Kind == ScoreKind.Labels ? "." : ", or set OneChannel where it is the score of a foreground."),
                nameof(options));
        }
        if (given is not null && given.Count != count)
        {
            throw new ArgumentException(
                $"There are {given.Count} class names ({ClassText.Join(given)}), but {MidSentence.Of(source)} has "
                + $"{count} classes in its output {output.Value}{(isBinary ? ", background and foreground" : "")}. "
                + "Give one name a class.",
                nameof(options));
        }
        return given ?? (isBinary ? _foregroundNames : [.. Enumerable.Range(0, count).Select(Number)]);
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Of a label map that was adopted, beside which there are probabilities of each class.</summary>
    private static int? OwnClasses(OnnxModelInfo model) => model.Metadata.Task == ModelTasks.Segmentation
        && model.FindOutput(GraphNames.Probabilities) is { Dimensions: [_, > 1 and int classes, _, _] } ? classes : null;

    private static void CheckClasses(
        int? stated, string source, SegmentationOutput output, IReadOnlyList<string>? names, int? known)
    {
        if (stated is null) return;
        if (stated is < 2 or > OnnxModelInfo.MostClasses)
        {
            throw new ArgumentOutOfRangeException(
                "options", stated, $"Expected 2 to {OnnxModelInfo.MostClasses} for Classes.");
        }
        if (known is not null && known != stated)
        {
            throw new ArgumentException(
                $"Classes is {stated}, but {MidSentence.Of(source)} has {known} classes in its output {output.Value}. Leave "
                + "Classes out.", "options");
        }
        if (names is not null && names.Count != stated)
        {
            throw new ArgumentException(
                $"Classes is {stated}, but there are {names.Count} class names ({ClassText.Join(names)}). Leave Classes out.",
                "options");
        }
    }
}
